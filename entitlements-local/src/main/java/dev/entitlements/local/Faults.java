package dev.entitlements.local;

import dev.entitlements.local.internal.LocalServer;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.fault.FaultBoard;
import dev.entitlements.local.internal.fault.FaultKind;
import dev.entitlements.local.internal.fault.FaultRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What can be made to go wrong at a running {@link LocalMomento}. There are two sorts:
 *
 * <ul>
 *   <li>Faults that are <em>set</em>, by {@link #on}, {@link #onDeliveries} and {@link
 *       #stopAnswering}: they strike the calls and deliveries that come, as often or as long as
 *       they say, or until they are closed or {@linkplain #clear() cleared}.
 *   <li>Those that <em>happen</em>, by all other methods: at once, to what is there at that moment;
 *       streams opened later are whole again.
 * </ul>
 *
 * <p>All may be called from any thread, and none waits for clients to notice. Another process sets
 * them by the admin endpoint, see {@link LocalMomento}.
 */
public final class Faults {
  private final LocalServer server;
  private final FaultBoard board;

  Faults(LocalServer server) {
    this.server = server;
    this.board = server.state().faults();
  }

  /**
   * Begins to describe a fault that strikes calls.
   *
   * @param rpcs which; none for all of them
   * @return the choice, to be narrowed
   */
  public CallFaults on(Rpc... rpcs) {
    Set<Rpc> chosen = EnumSet.noneOf(Rpc.class);
    chosen.addAll(rpcs.length == 0 ? EnumSet.allOf(Rpc.class) : Arrays.asList(rpcs));
    return new CallFaults(board, chosen);
  }

  /**
   * Begins to describe a fault that strikes what open subscriptions deliver.
   *
   * @return the choice, to be narrowed
   */
  public DeliveryFaults onDeliveries() {
    return new DeliveryFaults(board);
  }

  /**
   * Stops answering, as a machine does that is up and hangs: no call is answered, new subscriptions
   * get no heartbeat, and open ones get nothing. What hangs is answered once it is cleared.
   *
   * @return the two faults that do so, set: one on calls, one on deliveries
   */
  public List<Fault> stopAnswering() {
    return List.of(
        new Fault(board.add(FaultRule.of(FaultKind.HANG, null, null))),
        new Fault(board.add(FaultRule.of(FaultKind.SILENCE, null, null))));
  }

  /**
   * The faults that are set, oldest first, with those that have struck as often as they should and
   * were not closed.
   *
   * @return a copy
   */
  public List<Fault> list() {
    return board.list().stream().map(Fault::new).toList();
  }

  /**
   * Ends all faults that are set: the server is whole again, and what they held is answered and
   * delivered.
   *
   * @return how many there were
   */
  public int clear() {
    return board.clear();
  }

  /**
   * Ends every open subscription with a status, over whatever protocol it is. A long poll of the
   * HTTP API answers with the corresponding HTTP error.
   *
   * @param status how they end
   * @return how many were open
   */
  public int endStreams(StreamEnd status) {
    return server.endStreams(null, null, Objects.requireNonNull(status, "status"));
  }

  /**
   * Ends the open subscriptions of one topic with a status.
   *
   * @param cache name of the cache
   * @param topic name of the topic
   * @param status how they end
   * @return how many were open
   */
  public int endStreams(String cache, String topic, StreamEnd status) {
    return server.endStreams(
        Objects.requireNonNull(cache, "cache"),
        Objects.requireNonNull(topic, "topic"),
        Objects.requireNonNull(status, "status"));
  }

  /**
   * Ends every open subscription as if it were done: with status OK, and a long poll with nothing.
   *
   * @return how many were open
   */
  public int endStreamsNormally() {
    return server.endStreams(null, null, null);
  }

  /**
   * Ends the open subscriptions of one topic as if they were done.
   *
   * @param cache name of the cache
   * @param topic name of the topic
   * @return how many were open
   */
  public int endStreamsNormally(String cache, String topic) {
    return server.endStreams(
        Objects.requireNonNull(cache, "cache"), Objects.requireNonNull(topic, "topic"), null);
  }

  /**
   * Closes every TCP connection without a goodbye, as a failing network does. The server goes on
   * listening.
   *
   * @return how many were open
   */
  public int dropConnections() {
    return server.dropConnections();
  }

  /**
   * Makes every token run out that was minted until now: calls with one are answered
   * UNAUTHENTICATED, and subscriptions opened with one end so, unless {@link
   * LocalMomento.Builder#endStreamsAtTokenExpiry} says otherwise. The API key stays good.
   */
  public void expireTokens() {
    server.expireTokens();
  }

  /**
   * Resets a topic as the cloud may at any time: its messages are forgotten, and its sequence
   * starts at 1 on a new, larger page. Open subscriptions are told by a discontinuity and go on.
   *
   * @param cache name of an existing cache
   * @param topic name of the topic; it need not have been used before
   * @throws IllegalArgumentException when there is no such cache, or a name is empty
   */
  public void resetTopic(String cache, String topic) {
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(topic, "topic");
    checked(() -> server.resetTopic(cache, topic));
  }

  /**
   * Tells the open subscriptions of a topic, by a discontinuity on the same page, that messages
   * were missed.
   *
   * @param cache name of an existing cache
   * @param topic name of the topic; it need not have been used before
   * @param missed how many sequence numbers are skipped, so that the next message's is so much
   *     higher, and nothing before it can be replayed; 0 for a false alarm
   * @throws IllegalArgumentException when there is no such cache, a name is empty, or {@code
   *     missed} is negative
   */
  public void announceDiscontinuity(String cache, String topic, int missed) {
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(topic, "topic");
    if (missed < 0) {
      throw new IllegalArgumentException("missed is " + missed + ": it must not be negative");
    }
    checked(() -> server.announceDiscontinuity(cache, topic, missed));
  }

  /**
   * Stops listening, drops all connections, and comes back on the same port after a while. Topics
   * start anew (new pages, nothing to replay); caches, keys and tokens stay good, and faults stay
   * set.
   *
   * @param downFor how long nobody listens; not negative, may be zero
   * @param keepItems whether the items in the caches survive
   * @return completes when the server listens again; exceptionally with a {@link
   *     LocalMomentoException} when the port was taken meanwhile (the server then stays down; close
   *     it), or an {@link IllegalStateException} when the server was closed
   * @throws IllegalArgumentException when {@code downFor} is negative
   * @throws IllegalStateException when the server is closed, or restarting already
   */
  public CompletableFuture<Void> restart(Duration downFor, boolean keepItems) {
    if (downFor.isNegative()) {
      throw new IllegalArgumentException("downFor is " + downFor + ": it must not be negative");
    }
    return server.restart(downFor, keepItems);
  }

  private static void checked(Runnable step) {
    try {
      step.run();
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(refusal.getMessage(), refusal);
    }
  }
}
