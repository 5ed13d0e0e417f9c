package dev.entitlements.internal;

import java.time.Duration;

/**
 * Exponential back-off with full jitter, as an immutable value: {@link #delay} for this failure,
 * {@link #next} for the one after it; to reset is to take the first one again.
 *
 * <p>Full jitter (a delay anywhere between nothing and the ceiling) is what spreads a crowd of
 * players best after a shared outage; see "Exponential Backoff And Jitter" in the AWS Architecture
 * Blog.
 */
public final class Backoff {
  private final long floorNanos;
  private final long ceilingNanos;
  private final long maxNanos;

  private Backoff(long floorNanos, long ceilingNanos, long maxNanos) {
    this.floorNanos = floorNanos;
    this.ceilingNanos = ceilingNanos;
    this.maxNanos = maxNanos;
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
    return new Backoff(floor.toNanos(), first.toNanos(), max.toNanos());
  }

  /**
   * How long to wait now.
   *
   * @param random a random number from 0, inclusive, to 1, exclusive
   */
  public Duration delay(double random) {
    return Duration.ofNanos(floorNanos + (long) ((ceilingNanos - floorNanos) * random));
  }

  /** The back-off for the failure after this one. */
  public Backoff next() {
    return ceilingNanos == maxNanos
        ? this
        : new Backoff(
            floorNanos, ceilingNanos > maxNanos / 2 ? maxNanos : ceilingNanos * 2, maxNanos);
  }
}
