package dev.entitlements.client.internal.protocol;

import java.time.Duration;

/**
 * The signs of life of one stream, and how long a silence is to be expected. No cadence of
 * heartbeats is promised, so only what was seen counts: a stream on which none came regularly may
 * be silent for ever. Immutable.
 */
final class Pulse {
  private static final int ENOUGH_HEARTBEATS = 3;

  /** Heartbeats that come closer to each other say nothing of the next one. */
  private static final long APART_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long PATIENCE = 4;
  private static final long LEAST_NANOS = Duration.ofSeconds(15).toNanos();

  private final int heartbeats;
  private final long heartbeatNanos;
  private final long heardNanos;
  private final long longestGapNanos;

  private Pulse(int heartbeats, long heartbeatNanos, long heardNanos, long longestGapNanos) {
    this.heartbeats = heartbeats;
    this.heartbeatNanos = heartbeatNanos;
    this.heardNanos = heardNanos;
    this.longestGapNanos = longestGapNanos;
  }

  /** At the first heartbeat. */
  static Pulse first(Moment moment) {
    return new Pulse(1, moment.nanos, moment.nanos, 0);
  }

  Pulse heartbeat(Moment moment) {
    boolean counts = moment.nanos - heartbeatNanos >= APART_NANOS && !isRegular();
    return heard(
        counts ? heartbeats + 1 : heartbeats, counts ? moment.nanos : heartbeatNanos, moment.nanos);
  }

  /** Anything else is a sign of life too. */
  Pulse message(Moment moment) {
    return heard(heartbeats, heartbeatNanos, moment.nanos);
  }

  private Pulse heard(int heartbeats, long heartbeatNanos, long nanos) {
    return new Pulse(
        heartbeats, heartbeatNanos, nanos, Math.max(longestGapNanos, nanos - heardNanos));
  }

  /** Whether a silence means anything. */
  boolean isRegular() {
    return heartbeats >= ENOUGH_HEARTBEATS;
  }

  /** How much longer the present silence may last; nothing or less once it is too long. */
  Duration left(Moment moment) {
    return limit().minus(silence(moment));
  }

  Duration limit() {
    return Duration.ofNanos(Math.max(LEAST_NANOS, PATIENCE * longestGapNanos));
  }

  Duration silence(Moment moment) {
    return moment.since(heardNanos);
  }
}
