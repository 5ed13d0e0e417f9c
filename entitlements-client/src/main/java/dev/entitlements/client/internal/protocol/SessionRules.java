package dev.entitlements.client.internal.protocol;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.client.WatcherStatus.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sessions: one flight at a time, before the token runs out or when it is refused; a source that
 * fails is asked again after a back-off, and only "signed out" is the end.
 */
final class SessionRules {
  /** Momento's tokens live 25 hours at most; what claims more must not overflow. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(2);

  private SessionRules() {}

  static void fetch(Draft d) {
    if (d.session.fetching == 0) {
      long attempt = d.nextAttempt();
      d.session = d.session.fetching(attempt);
      d.act(Action.setTimer(TimerKind.SESSION, d.settings.sessionTimeout));
      d.act(Action.fetchSession(attempt));
    }
  }

  /**
   * Fetches now if the present token has done its work, else after a back-off: the next may be as
   * bad.
   */
  static void refetch(Draft d) {
    if (d.session.fetching != 0 || d.session.waiting) {
      return;
    }
    if (d.session.confirmed) {
      fetch(d);
    } else {
      retryLater(d, null);
    }
  }

  /** The source is being called: from now on its time counts. */
  static void asked(Draft d, long attempt) {
    if (attempt == d.session.fetching) {
      d.session = d.session.asked();
      d.act(Action.setTimer(TimerKind.SESSION, d.settings.sessionTimeout));
    }
  }

  /** The timer of sessions: the fetch under way takes too long, or it is time for the next one. */
  static void due(Draft d) {
    if (d.session.fetching == 0) {
      fetch(d);
    } else if (!d.session.asked) {
      queued(d);
    } else {
      d.act(Action.cancelFetch(d.session.fetching));
      failed(d, d.session.fetching, late(d.settings.sessionTimeout));
    }
  }

  /** To give up would only lose the place in the queue; but it must not go unsaid. */
  private static void queued(Draft d) {
    d.failures++;
    unavailable(d, busy(d.settings.sessionTimeout));
    d.act(Action.setTimer(TimerKind.SESSION, d.settings.sessionTimeout));
  }

  static void fetched(Draft d, long attempt, SessionToken token) {
    if (attempt != d.session.fetching) {
      return;
    }
    if (d.userId != null && !d.userId.equals(token.userId())) {
      EntitlementsException error = foreign(d.userId, token);
      d.act(Action.report(error));
      failed(d, attempt, error);
      return;
    }
    if (!token.serverTime().isBefore(token.expiresAt())) {
      failed(d, attempt, expired(token));
      return;
    }
    d.userId = token.userId();
    ServerClock clock = new ServerClock(token.serverTime(), d.moment.nanos);
    d.session = d.session.fetched(token, clock);
    SnapshotRules.follow(d, clock);
    rotateInTime(d, token);
    token.snapshot().ifPresent(snapshot -> SnapshotRules.offer(d, snapshot, Cause.LOGIN));
    StreamRules.use(d, token);
  }

  static void failed(Draft d, long attempt, EntitlementsException error) {
    if (attempt != d.session.fetching) {
      return;
    }
    if (error.kind() == ErrorKind.SIGNED_OUT) {
      LifeRules.stop(d, Reason.SIGNED_OUT, error);
      return;
    }
    retryLater(d, error);
    unavailable(d, error);
  }

  /** Nothing to worry about while the present session works. */
  private static void unavailable(Draft d, EntitlementsException error) {
    if (d.session.usable(d.moment) == null || !d.streams.isMainActive()) {
      d.doubt(Reason.SESSION_UNAVAILABLE, error);
    }
  }

  /** The service does not accept a token any more. A later one may be in use already. */
  static void refused(Draft d, SessionToken token, EntitlementsException error) {
    if (token.equals(d.session.token) && !d.session.refused) {
      d.session = d.session.refused();
      d.act(Action.report(error));
      refetch(d);
    }
  }

  private static void retryLater(Draft d, @Nullable EntitlementsException error) {
    d.retryLater(TimerKind.SESSION, d.session.backoff.delay(d.moment.random), error);
    d.session = d.session.waiting();
  }

  private static void rotateInTime(Draft d, SessionToken token) {
    Duration life = Duration.between(token.serverTime(), token.expiresAt());
    if (life.compareTo(LONGEST_LIFE) > 0) {
      life = LONGEST_LIFE;
    }
    Duration rotateAt = Duration.ofNanos((long) (life.toNanos() * Settings.ROTATE_AT));
    d.act(
        Action.setTimer(TimerKind.SESSION, d.moment.jittered(rotateAt, Settings.ROTATION_JITTER)));
  }

  private static EntitlementsException late(Duration timeout) {
    return new EntitlementsException(
        ErrorKind.TIMEOUT,
        "the session source gave no answer within " + timeout.toMillis() + " ms");
  }

  private static EntitlementsException busy(Duration timeout) {
    return new EntitlementsException(
        ErrorKind.TIMEOUT,
        "the session source could not be called for "
            + timeout.toMillis()
            + " ms: the sources of other watchers of this runtime keep all its threads");
  }

  private static EntitlementsException foreign(String userId, SessionToken token) {
    return new EntitlementsException(
        ErrorKind.FOREIGN_USER,
        "the session source returned a session of user '"
            + token.userId()
            + "' to a watcher of user '"
            + userId
            + "'; on a user switch, close this watcher and start another",
        null,
        userId);
  }

  private static EntitlementsException expired(SessionToken token) {
    return new EntitlementsException(
        ErrorKind.SOURCE_FAILED,
        "the session source returned a session that had run out: it expires at "
            + token.expiresAt()
            + ", and the backend's time was "
            + token.serverTime(),
        null,
        token.userId());
  }
}
