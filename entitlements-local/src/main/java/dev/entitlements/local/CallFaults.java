package dev.entitlements.local;

import dev.entitlements.local.internal.fault.FaultBoard;
import dev.entitlements.local.internal.fault.FaultKind;
import dev.entitlements.local.internal.fault.FaultRule;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a fault is to strike, and how often; the last step says what goes wrong, and sets the
 * fault:
 *
 * <pre>{@code
 * momento.faults().on(Rpc.GET).forKey("u-42").times(3).refuse(StreamEnd.UNAVAILABLE);
 * }</pre>
 *
 * <p>Immutable: each step gives another. A fault strikes calls whose credential is good; where
 * several match a call, the one set first strikes, and it alone (a stale read may be delayed too).
 */
public final class CallFaults {
  private final FaultBoard board;
  private final Set<Rpc> rpcs;
  private final @Nullable String cache;
  private final @Nullable String key;
  private final int times;
  private final @Nullable Duration lasting;

  CallFaults(FaultBoard board, Set<Rpc> rpcs) {
    this(board, rpcs, null, null, FaultRule.UNLIMITED, null);
  }

  private CallFaults(
      FaultBoard board,
      Set<Rpc> rpcs,
      @Nullable String cache,
      @Nullable String key,
      int times,
      @Nullable Duration lasting) {
    this.board = board;
    this.rpcs = rpcs;
    this.cache = cache;
    this.key = key;
    this.times = times;
    this.lasting = lasting;
  }

  /**
   * Only calls on that cache.
   *
   * @param name of the cache
   * @return the narrower choice
   */
  public CallFaults inCache(String name) {
    return new CallFaults(board, rpcs, Objects.requireNonNull(name, "name"), key, times, lasting);
  }

  /**
   * Only calls about that key: the key of an item (one of them, in a batch), the name of a topic,
   * or the id of a token to be minted. All three are the user's id where it is the key.
   *
   * @param key as text
   * @return the narrower choice
   */
  public CallFaults forKey(String key) {
    return new CallFaults(board, rpcs, cache, Objects.requireNonNull(key, "key"), times, lasting);
  }

  /**
   * Only so many calls; without it there is no limit.
   *
   * @param times at least 1
   * @return the narrower choice
   * @throws IllegalArgumentException when it is less
   */
  public CallFaults times(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("times is " + times + ": it must be at least 1");
    }
    return new CallFaults(board, rpcs, cache, key, times, lasting);
  }

  /**
   * Only for that time, real time, from when the fault is set; without it until it is closed.
   *
   * @param time more than 0
   * @return the narrower choice
   * @throws IllegalArgumentException when it is not
   */
  public CallFaults lasting(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("lasting is " + time + ": it must be longer than 0");
    }
    return new CallFaults(board, rpcs, cache, key, times, time);
  }

  /**
   * The calls are refused and not carried out. RESOURCE_EXHAUSTED comes with the name of a limit in
   * the trailer {@code err}: of the subscriptions for {@link Rpc#SUBSCRIBE}, else of the rate.
   *
   * @param status with which
   * @return the fault, set
   */
  public Fault refuse(StreamEnd status) {
    return set(FaultKind.REFUSE, Objects.requireNonNull(status, "status"), null);
  }

  /**
   * The calls are carried out, and answered as if they had failed: the caller cannot know. A
   * subscription is refused.
   *
   * @param status with which
   * @return the fault, set
   */
  public Fault loseAnswers(StreamEnd status) {
    return set(FaultKind.LOSE_ANSWER, Objects.requireNonNull(status, "status"), null);
  }

  /**
   * The calls are neither carried out nor answered until the fault is closed or its time is over,
   * and then they are, if the caller still waits. A subscription gets no first heartbeat.
   *
   * @return the fault, set
   */
  public Fault hang() {
    return set(FaultKind.HANG, null, null);
  }

  /**
   * The calls are carried out and answered so much later, in real time.
   *
   * @param time more than 0
   * @return the fault, set
   * @throws IllegalArgumentException when it is not
   */
  public Fault delay(Duration time) {
    return set(FaultKind.DELAY, null, Objects.requireNonNull(time, "time"));
  }

  /**
   * Reads see the value before the last write of the key (a miss, before the first), as eventually
   * consistent ones may. Those with the header {@code read-concern: consistent} never do.
   *
   * @return the fault, set
   * @throws IllegalArgumentException when other calls than {@link Rpc#GET} and {@link
   *     Rpc#GET_BATCH} were chosen
   */
  public Fault serveStale() {
    return set(FaultKind.STALE, null, null);
  }

  private Fault set(FaultKind kind, @Nullable StreamEnd status, @Nullable Duration delay) {
    return new Fault(
        board.add(new FaultRule(kind, rpcs, cache, key, times, lasting, status, delay)));
  }
}
