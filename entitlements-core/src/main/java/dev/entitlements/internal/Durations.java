package dev.entitlements.internal;

import java.time.Duration;

/** The rule for durations that a host sets. */
public final class Durations {
  private Durations() {}

  public static Duration requirePositive(String what, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          what + " is " + duration + "; it must be more than nothing");
    }
    return duration;
  }
}
