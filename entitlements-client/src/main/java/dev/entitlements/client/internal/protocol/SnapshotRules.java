package dev.entitlements.client.internal.protocol;

import dev.entitlements.Entitlements;
import dev.entitlements.client.EntitlementChange.Cause;
import java.time.Duration;

/** The newest wins; and a grant begins and ends on time. */
final class SnapshotRules {
  /** Nobody needs a timer of a year; looking once a day costs nothing. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private SnapshotRules() {}

  /**
   * Takes a snapshot if it is newer than what is there, wherever it comes from: duplicates and the
   * late are ignored.
   */
  static void offer(Draft d, Entitlements snapshot, Cause cause) {
    ServerClock clock = d.session.clock;
    if (clock == null) {
      throw new IllegalStateException("a snapshot came before a session");
    }
    if (snapshot.revision() > d.revision()) {
      show(d, VisibleSnapshot.of(snapshot, clock, d.moment.nanos), cause);
    }
  }

  /** A grant may have begun or ended. */
  static void expire(Draft d) {
    if (d.snapshot != null) {
      show(d, d.snapshot.at(d.moment.nanos), Cause.EXPIRY);
    }
  }

  /** A new session brought the backend's time anew. */
  static void follow(Draft d, ServerClock clock) {
    if (d.snapshot != null) {
      show(d, d.snapshot.by(clock, d.moment.nanos), Cause.EXPIRY);
    }
  }

  private static void show(Draft d, VisibleSnapshot snapshot, Cause cause) {
    boolean visible = !snapshot.looksLike(d.snapshot);
    d.snapshot = snapshot;
    if (visible) {
      d.act(Action.show(snapshot, cause));
    }
    d.act(
        snapshot
            .validFor()
            .map(valid -> Action.setTimer(TimerKind.EXPIRY, shorter(valid, LONGEST_WAIT)))
            .orElse(Action.cancelTimer(TimerKind.EXPIRY)));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
