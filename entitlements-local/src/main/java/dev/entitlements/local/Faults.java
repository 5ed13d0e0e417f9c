package dev.entitlements.local;

import dev.entitlements.local.internal.LocalServer;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.topic.TopicName;
import io.grpc.Status;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What can be made to go wrong at a running {@link LocalMomento}. Each method acts at once and on
 * what is there at that moment; streams opened later are whole again. All may be called from any
 * thread, and none waits for clients to notice.
 */
public final class Faults {
  private final LocalServer server;

  Faults(LocalServer server) {
    this.server = server;
  }

  /**
   * Ends every open subscription with a status, over whatever protocol it is. A long poll of the
   * HTTP API answers with the corresponding HTTP error.
   *
   * @param status how they end
   * @return how many were open
   */
  public int endStreams(StreamEnd status) {
    Status.Code code = Status.Code.valueOf(status.name());
    return server
        .state()
        .topics()
        .endAll(Refusal.of(code, "Ended by a fault that was asked for: " + status));
  }

  /**
   * Ends every open subscription as if it were done: with status OK, and a long poll with nothing.
   *
   * @return how many were open
   */
  public int endStreamsNormally() {
    return server.state().topics().endAll(null);
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
    try {
      server.state().topics().reset(new TopicName(cache, topic));
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(refusal.getMessage(), refusal);
    }
  }

  /**
   * Stops listening, drops all connections, and comes back on the same port after a while. Topics
   * start anew (new pages, nothing to replay); caches, keys and tokens stay good.
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
}
