package dev.entitlements.client.internal.protocol;

import dev.entitlements.internal.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * When an event happens, and the chance that goes with it: what the pure function is given instead
 * of a clock.
 */
public final class Moment {
  final long nanos;
  final Instant wall;
  final double random;

  private Moment(long nanos, Instant wall, double random) {
    this.nanos = nanos;
    this.wall = wall;
    this.random = random;
  }

  public static Moment of(TimeSource time) {
    return new Moment(time.nanoTime(), time.now(), time.random());
  }

  Duration since(Moment earlier) {
    return since(earlier.nanos);
  }

  Duration since(long earlierNanos) {
    return Duration.ofNanos(nanos - earlierNanos);
  }

  /**
   * A duration that is spread over plus and minus a fraction of itself, so that a crowd does not
   * act as one.
   */
  Duration jittered(Duration duration, double fraction) {
    return Duration.ofNanos((long) (duration.toNanos() * (1 + fraction * (2 * random - 1))));
  }
}
