package dev.entitlements.client.internal.protocol;

import dev.entitlements.internal.Backoff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How streams have fared, whichever of them carried the news: failures lengthen the wait for the
 * next one, health takes that back bit by bit, and no wait is longer than the trouble has lasted.
 * Immutable.
 */
final class StreamHealth {
  private final Backoff backoff;

  /** When a stream became active after the last failure, or null if none has. */
  private final @Nullable Moment healthySince;

  /** When the first failure came that was not taken back, or null. */
  private final @Nullable Moment troubledSince;

  private StreamHealth(
      Backoff backoff, @Nullable Moment healthySince, @Nullable Moment troubledSince) {
    this.backoff = backoff;
    this.healthySince = healthySince;
    this.troubledSince = troubledSince;
  }

  static StreamHealth untried(Settings settings) {
    return new StreamHealth(settings.backoff, null, null);
  }

  /** A stream is active. */
  StreamHealth active(Moment moment) {
    return healthySince == null ? new StreamHealth(backoff, moment, troubledSince) : this;
  }

  /** A stream has ended by itself: what health there was counts, and is over. */
  StreamHealth ended(Moment moment) {
    if (healthySince == null) {
      return this;
    }
    Backoff left = recovered(moment.since(healthySince));
    return new StreamHealth(left, null, left.isFirst() ? null : troubledSince);
  }

  /**
   * Networks that cut each stream after half a minute are many, and each reconnect works: a player
   * there must not come to wait as one whose reconnects fail.
   */
  private Backoff recovered(Duration health) {
    return health.compareTo(Settings.HEALTHY) >= 0
        ? backoff.back(Integer.MAX_VALUE)
        : backoff.back((int) (health.toNanos() / Settings.RECOVERING.toNanos()));
  }

  /** How long to wait now. */
  Duration delay(Moment moment) {
    Duration trouble = troubledSince == null ? Duration.ZERO : moment.since(troubledSince);
    return backoff.delay(moment.random, trouble);
  }

  /** The same for the failure after the one that is waited for now. */
  StreamHealth waiting(Moment moment) {
    return new StreamHealth(
        backoff.next(), healthySince, troubledSince == null ? moment : troubledSince);
  }
}
