package dev.entitlements.internal;

import java.time.Duration;

/**
 * Exponential back-off with full jitter, as an immutable value: {@link #delay} for this failure,
 * {@link #next} for the one after it, {@link #back} for what went well since; to reset is to take
 * the first one again.
 *
 * <p>Full jitter (a delay anywhere between nothing and the ceiling) is what spreads a crowd of
 * players best after a shared outage; see "Exponential Backoff And Jitter" in the AWS Architecture
 * Blog.
 */
public final class Backoff {
  private final long floorNanos;
  private final long firstNanos;
  private final long maxNanos;
  private final int doublings;

  private Backoff(long floorNanos, long firstNanos, long maxNanos, int doublings) {
    this.floorNanos = floorNanos;
    this.firstNanos = firstNanos;
    this.maxNanos = maxNanos;
    this.doublings = doublings;
  }

  /**
   * The first delay is anywhere up to {@code first}; the ceiling then doubles up to {@code max}.
   */
  public static Backoff upTo(Duration first, Duration max) {
    return between(Duration.ZERO, first, max);
  }

  /** The same, but never less than {@code floor}: for a service that asked to be left alone. */
  public static Backoff between(Duration floor, Duration first, Duration max) {
    if (floor.isNegative()
        || first.isZero()
        || max.compareTo(first) < 0
        || first.compareTo(floor) < 0) {
      throw new IllegalArgumentException(
          "back-off wants 0 <= floor <= first <= max, 0 < first, but has "
              + floor
              + ", "
              + first
              + ", "
              + max);
    }
    return new Backoff(floor.toNanos(), first.toNanos(), max.toNanos(), 0);
  }

  /**
   * How long to wait now.
   *
   * @param random a random number from 0, inclusive, to 1, exclusive
   */
  public Duration delay(double random) {
    return delay(random, ceilingNanos());
  }

  /**
   * How long to wait now, with a ceiling of no more than a limit, though never less than the first
   * one.
   *
   * @param random a random number from 0, inclusive, to 1, exclusive
   */
  public Duration delay(double random, Duration limit) {
    return delay(random, Math.min(ceilingNanos(), Math.max(firstNanos, limit.toNanos())));
  }

  private Duration delay(double random, long ceilingNanos) {
    return Duration.ofNanos(floorNanos + (long) ((ceilingNanos - floorNanos) * random));
  }

  private long ceilingNanos() {
    return firstNanos > maxNanos >> doublings ? maxNanos : firstNanos << doublings;
  }

  /** The back-off for the failure after this one. */
  public Backoff next() {
    return ceilingNanos() == maxNanos ? this : after(doublings + 1);
  }

  /** The back-off with so many failures, or as many as there were, taken back. */
  public Backoff back(int failures) {
    return after(Math.max(0, doublings - failures));
  }

  private Backoff after(int doublings) {
    return new Backoff(floorNanos, firstNanos, maxNanos, doublings);
  }

  /** Whether nothing has failed yet, or all of it was taken back. */
  public boolean isFirst() {
    return doublings == 0;
  }
}
