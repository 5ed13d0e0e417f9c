package dev.entitlements.local;

import dev.entitlements.local.internal.fault.FaultBoard;
import dev.entitlements.local.internal.fault.FaultKind;
import dev.entitlements.local.internal.fault.FaultRule;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries of topics' messages a fault is to strike, and how often; the last step says what
 * goes wrong, and sets the fault:
 *
 * <pre>{@code
 * momento.faults().onDeliveries().onTopic("u-42").times(1).drop();
 * }</pre>
 *
 * <p>Immutable: each step gives another. A message that goes to three subscribers is three
 * deliveries. Its sequence number is spent whatever happens, and who subscribes later may have it
 * replayed. Where several match a delivery, the one set first strikes, and it alone.
 */
public final class DeliveryFaults {
  private final FaultBoard board;
  private final @Nullable String cache;
  private final @Nullable String topic;
  private final int times;
  private final @Nullable Duration lasting;

  DeliveryFaults(FaultBoard board) {
    this(board, null, null, FaultRule.UNLIMITED, null);
  }

  private DeliveryFaults(
      FaultBoard board,
      @Nullable String cache,
      @Nullable String topic,
      int times,
      @Nullable Duration lasting) {
    this.board = board;
    this.cache = cache;
    this.topic = topic;
    this.times = times;
    this.lasting = lasting;
  }

  /**
   * Only topics of that cache.
   *
   * @param name of the cache
   * @return the narrower choice
   */
  public DeliveryFaults inCache(String name) {
    return new DeliveryFaults(board, Objects.requireNonNull(name, "name"), topic, times, lasting);
  }

  /**
   * Only that topic.
   *
   * @param name of the topic
   * @return the narrower choice
   */
  public DeliveryFaults onTopic(String name) {
    return new DeliveryFaults(board, cache, Objects.requireNonNull(name, "name"), times, lasting);
  }

  /**
   * Only so many deliveries; without it there is no limit.
   *
   * @param times at least 1
   * @return the narrower choice
   * @throws IllegalArgumentException when it is less
   */
  public DeliveryFaults times(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("times is " + times + ": it must be at least 1");
    }
    return new DeliveryFaults(board, cache, topic, times, lasting);
  }

  /**
   * Only for that time, real time, from when the fault is set; without it until it is closed.
   *
   * @param time more than 0
   * @return the narrower choice
   * @throws IllegalArgumentException when it is not
   */
  public DeliveryFaults lasting(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("lasting is " + time + ": it must be longer than 0");
    }
    return new DeliveryFaults(board, cache, topic, times, time);
  }

  /**
   * The messages are not delivered, and no discontinuity says so: only the sequence numbers tell.
   *
   * @return the fault, set
   */
  public Fault drop() {
    return set(FaultKind.DROP);
  }

  /**
   * The messages are delivered twice, one after the other.
   *
   * @return the fault, set
   */
  public Fault repeat() {
    return set(FaultKind.REPEAT);
  }

  /**
   * A message is held back and delivered after the next one on its subscription, or when a fault is
   * closed or cleared. While one is held back the next passes, so that without a limit every two
   * change places.
   *
   * @return the fault, set
   */
  public Fault reorder() {
    return set(FaultKind.REORDER);
  }

  /**
   * Nothing is sent on open subscriptions, heartbeats included, until the fault is closed or its
   * time is over; then what fits the {@linkplain LocalMomento.Builder#subscriberBuffer buffer} is
   * delivered. A long poll still answers with nothing when its wait is over.
   *
   * @return the fault, set
   * @throws IllegalArgumentException when {@link #times} was called
   */
  public Fault silence() {
    return set(FaultKind.SILENCE);
  }

  private Fault set(FaultKind kind) {
    return new Fault(
        board.add(new FaultRule(kind, Set.of(), cache, topic, times, lasting, null, null)));
  }
}
