package dev.entitlements.client.internal.protocol;

import dev.entitlements.SessionToken;
import dev.entitlements.internal.Backoff;
import org.jspecify.annotations.Nullable;

/** What is known of the session, and of the flight for the next one. Immutable. */
final class SessionState {
  final @Nullable SessionToken token;
  final @Nullable ServerClock clock;

  /** The service has not accepted the token. */
  final boolean refused;

  /** The token has read the item: it is good, and the item is there. */
  final boolean confirmed;

  /** The number of the fetch under way, or 0. */
  final long fetching;

  /** The source has been called for that fetch, which had to wait for a thread. */
  final boolean asked;

  /** The timer runs that asks the source again after a back-off. */
  final boolean waiting;

  final Backoff backoff;

  private SessionState(
      @Nullable SessionToken token,
      @Nullable ServerClock clock,
      boolean refused,
      boolean confirmed,
      long fetching,
      boolean asked,
      boolean waiting,
      Backoff backoff) {
    this.token = token;
    this.clock = clock;
    this.refused = refused;
    this.confirmed = confirmed;
    this.fetching = fetching;
    this.asked = asked;
    this.waiting = waiting;
    this.backoff = backoff;
  }

  static SessionState none(Settings settings) {
    return new SessionState(null, null, false, false, 0, false, false, settings.backoff);
  }

  SessionState fetching(long attempt) {
    return new SessionState(token, clock, refused, confirmed, attempt, false, false, backoff);
  }

  SessionState asked() {
    return new SessionState(token, clock, refused, confirmed, fetching, true, waiting, backoff);
  }

  /** The back-off is not reset yet: a source may go on handing out tokens that are no good. */
  SessionState fetched(SessionToken token, ServerClock clock) {
    return new SessionState(token, clock, false, false, 0, false, false, backoff);
  }

  /** No fetch is under way; the next one waits for a back-off. */
  SessionState waiting() {
    return new SessionState(token, clock, refused, confirmed, 0, false, true, backoff.next());
  }

  SessionState refused() {
    return new SessionState(token, clock, true, confirmed, fetching, asked, waiting, backoff);
  }

  SessionState confirmed(Settings settings) {
    return new SessionState(
        token, clock, refused, true, fetching, asked, waiting, settings.backoff);
  }

  /** The token, if it can be used at that time. */
  @Nullable SessionToken usable(Moment moment) {
    return refused || isExpired(moment) ? null : token;
  }

  private boolean isExpired(Moment moment) {
    return token != null && clock != null && !clock.at(moment.nanos).isBefore(token.expiresAt());
  }
}
