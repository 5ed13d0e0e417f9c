package dev.entitlements.client.internal.protocol;

import java.time.Instant;

/**
 * The backend's time, as told at login and carried on by this machine's monotonic clock: grants end
 * on time even where the wall clock is wrong, or is set meanwhile.
 */
public final class ServerClock {
  private final Instant origin;
  private final long originNanos;

  ServerClock(Instant origin, long originNanos) {
    this.origin = origin;
    this.originNanos = originNanos;
  }

  /** The backend's time at a reading of the monotonic clock. */
  public Instant at(long nanos) {
    return origin.plusNanos(nanos - originNanos);
  }
}
