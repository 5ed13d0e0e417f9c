package dev.entitlements.local.internal;

import java.time.Clock;

/** So many permits in each second of the server's clock; what is not used is not saved up. */
public final class RateLimiter {
  private final int perSecond;
  private final Clock clock;

  // Guarded by this.
  private long second;
  private long used;

  /**
   * Begins with nothing used.
   *
   * @param perSecond permits per second; {@link Integer#MAX_VALUE} means no limit
   */
  public RateLimiter(int perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /** Takes the permits, all or none; false when the present second has not so many left. */
  public synchronized boolean tryAcquire(int permits) {
    if (perSecond == Integer.MAX_VALUE) {
      return true;
    }
    long now = clock.instant().getEpochSecond();
    if (now != second) {
      second = now;
      used = 0;
    }
    if (used + permits > perSecond) {
      return false;
    }
    used += permits;
    return true;
  }
}
