package dev.entitlements.client.internal.protocol;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.momento.CacheReader.Consistency;
import org.jspecify.annotations.Nullable;

/**
 * Streams: however one ends, another is opened after a back-off. A new token gets a stream of its
 * own before the old stream is dropped, and the old one goes on until the new one is active and a
 * read that began after that is in: so there is no gap between them.
 */
final class StreamRules {
  private StreamRules() {}

  /** A token has come: opens the stream for it. */
  static void use(Draft d, SessionToken token) {
    dropNext(d);
    if (d.streams.isMainActive()) {
      openNext(d, token);
    } else {
      dropMain(d);
      openMain(d, token);
    }
  }

  static void reopen(Draft d) {
    SessionToken token = d.session.usable(d.moment);
    if (token == null) {
      SessionRules.refetch(d);
    } else if (d.streams.main == null) {
      openMain(d, token);
    } else if (d.streams.next == null && !d.streams.main.session.equals(token)) {
      openNext(d, token);
    }
  }

  static void active(Draft d, long attempt) {
    Stream stream = d.streams.find(attempt);
    if (stream != null && !stream.active) {
      d.streams =
          d.streams.with(stream.activated(d.moment)).withHealth(d.streams.health.active(d.moment));
      d.act(Action.cancelTimer(heartbeatTimer(d, attempt)));
      ReadRules.need(d, Consistency.CONSISTENT);
    }
  }

  static void ended(Draft d, long attempt, @Nullable EntitlementsException error) {
    Stream stream = d.streams.find(attempt);
    if (stream == null) {
      return;
    }
    d.act(Action.cancelTimer(heartbeatTimer(d, attempt)));
    d.streams = d.streams.withHealth(d.streams.health.ended(d.moment));
    if (d.streams.isMain(attempt)) {
      mainEnded(d, error);
    } else {
      d.streams = d.streams.withNext(null);
    }
    if (error != null && error.kind() == ErrorKind.UNAUTHENTICATED) {
      SessionRules.refused(d, stream.session, error);
    }
    if (isReopeningDue(d)) {
      // What ends a stream that worked may well be over; what keeps one from opening will not be so
      // soon.
      boolean soon = stream.active && error != null && Doubt.isLasting(error);
      d.retryLater(TimerKind.STREAM, d.streams.health.delay(d.moment), soon ? null : error);
      d.streams = d.streams.withHealth(d.streams.health.waiting(d.moment));
    }
  }

  static void firstHeartbeatIsLate(Draft d, @Nullable Stream stream) {
    if (stream != null && !stream.active) {
      d.act(Action.cancelStream(stream.attempt));
      ended(
          d,
          stream.attempt,
          new EntitlementsException(
              ErrorKind.TIMEOUT,
              "no first heartbeat within " + d.settings.firstHeartbeat.toMillis() + " ms"));
    }
  }

  /**
   * A read that began after the next stream became active is in: nothing can be missed by dropping
   * the old one.
   */
  static void handOver(Draft d) {
    if (d.streams.isNextActive()) {
      dropMain(d);
      promote(d);
    }
  }

  static void dropAll(Draft d) {
    dropMain(d);
    dropNext(d);
  }

  private static void promote(Draft d) {
    d.streams = d.streams.promoted();
    PulseRules.watch(d);
  }

  private static void mainEnded(Draft d, @Nullable EntitlementsException error) {
    d.doubt(Doubt.reasonOf(error), error);
    promote(d);
    Stream main = d.streams.main;
    if (main != null && main.active) {
      d.streams = d.streams.withHealth(d.streams.health.active(d.moment));
      ReadRules.need(d, Consistency.CONSISTENT);
    } else if (main != null) {
      d.act(Action.cancelTimer(TimerKind.HANDOVER));
      d.act(Action.setTimer(TimerKind.FIRST_HEARTBEAT, d.settings.firstHeartbeat));
    }
  }

  /** With a refused token a new session comes first, and {@link #use} opens the stream. */
  private static boolean isReopeningDue(Draft d) {
    SessionToken token = d.session.token;
    if (token == null || d.session.refused) {
      return false;
    }
    return d.streams.main == null
        || (d.streams.next == null && !d.streams.main.session.equals(token));
  }

  private static void openMain(Draft d, SessionToken token) {
    d.streams = d.streams.withMain(open(d, token, TimerKind.FIRST_HEARTBEAT));
  }

  private static void openNext(Draft d, SessionToken token) {
    d.streams = d.streams.withNext(open(d, token, TimerKind.HANDOVER));
  }

  private static Stream open(Draft d, SessionToken token, TimerKind heartbeatTimer) {
    long attempt = d.nextAttempt();
    d.act(Action.cancelTimer(TimerKind.STREAM));
    d.act(Action.setTimer(heartbeatTimer, d.settings.firstHeartbeat));
    d.act(Action.openStream(attempt, token));
    return Stream.opening(attempt, token);
  }

  private static void dropMain(Draft d) {
    if (d.streams.main != null) {
      drop(d, d.streams.main);
      d.streams = d.streams.withMain(null);
      PulseRules.watch(d);
    }
  }

  private static void dropNext(Draft d) {
    if (d.streams.next != null) {
      drop(d, d.streams.next);
      d.streams = d.streams.withNext(null);
    }
  }

  private static void drop(Draft d, Stream stream) {
    d.act(Action.cancelTimer(heartbeatTimer(d, stream.attempt)));
    d.act(Action.cancelStream(stream.attempt));
  }

  private static TimerKind heartbeatTimer(Draft d, long attempt) {
    return d.streams.isMain(attempt) ? TimerKind.FIRST_HEARTBEAT : TimerKind.HANDOVER;
  }
}
