package dev.entitlements.client.internal.protocol;

import dev.entitlements.internal.Backoff;
import java.time.Duration;

/** The durations of the protocol. Immutable. */
public final class Settings {
  /** For what does not pass by itself: asked again now and then, never hot. */
  static final Duration SLOW = Duration.ofSeconds(20);

  /** For a service that asked to be left alone. */
  static final Duration RATE_LIMITED = Duration.ofSeconds(1);

  /** After streams were healthy for this long, the next failure is a first one. */
  static final Duration HEALTHY = Duration.ofSeconds(60);

  /** Each time that streams were healthy for this long, one failure is taken back. */
  static final Duration RECOVERING = Duration.ofSeconds(10);

  /** When a token is replaced, as a part of its life; jittered by {@link #ROTATION_JITTER}. */
  static final double ROTATE_AT = 0.8;

  static final double ROTATION_JITTER = 0.05;
  static final double RECONCILE_JITTER = 0.2;

  final Duration firstHeartbeat;
  final Duration sessionTimeout;
  final Duration reconcile;
  final Backoff backoff;

  private Settings(
      Duration firstHeartbeat, Duration sessionTimeout, Duration reconcile, Backoff backoff) {
    this.firstHeartbeat = firstHeartbeat;
    this.sessionTimeout = sessionTimeout;
    this.reconcile = reconcile;
    this.backoff = backoff;
  }

  public static Settings defaults() {
    return new Settings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Backoff.upTo(Duration.ofMillis(250), Duration.ofSeconds(30)));
  }

  /** How long the first heartbeat of a stream may take. */
  public Settings withFirstHeartbeat(Duration firstHeartbeat) {
    return new Settings(
        positive("first heartbeat timeout", firstHeartbeat), sessionTimeout, reconcile, backoff);
  }

  /** How long the session source may take. */
  public Settings withSessionTimeout(Duration sessionTimeout) {
    return new Settings(
        firstHeartbeat, positive("session timeout", sessionTimeout), reconcile, backoff);
  }

  /** How often the cache is read although nothing calls for it. */
  public Settings withReconcile(Duration reconcile) {
    return new Settings(
        firstHeartbeat, sessionTimeout, positive("reconcile interval", reconcile), backoff);
  }

  /** How retries are spaced. */
  public Settings withBackoff(Duration first, Duration max) {
    return new Settings(firstHeartbeat, sessionTimeout, reconcile, Backoff.upTo(first, max));
  }

  private static Duration positive(String what, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          what + " is " + duration + "; it must be more than nothing");
    }
    return duration;
  }
}
