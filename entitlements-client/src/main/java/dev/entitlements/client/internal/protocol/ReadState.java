package dev.entitlements.client.internal.protocol;

import dev.entitlements.SessionToken;
import dev.entitlements.internal.Backoff;
import dev.entitlements.momento.CacheReader.Consistency;
import org.jspecify.annotations.Nullable;

/** The read under way, and what it is to find. Immutable. */
final class ReadState {
  /** The number of the read under way, or 0. */
  final long reading;

  /** The token with which it reads. */
  final @Nullable SessionToken session;

  final Consistency consistency;

  /**
   * Something happened after the read under way began: it proves nothing, and another must follow.
   */
  final boolean again;

  /** A revision that is known to exist. */
  final long wanted;

  /** The revision that was held when the read under way began: it was in the cache before. */
  final long held;

  final Backoff backoff;

  private ReadState(
      long reading,
      @Nullable SessionToken session,
      Consistency consistency,
      boolean again,
      long wanted,
      long held,
      Backoff backoff) {
    this.reading = reading;
    this.session = session;
    this.consistency = consistency;
    this.again = again;
    this.wanted = wanted;
    this.held = held;
    this.backoff = backoff;
  }

  static ReadState none(Settings settings) {
    return new ReadState(0, null, Consistency.CONSISTENT, false, 0, 0, settings.backoff);
  }

  ReadState reading(long attempt, SessionToken session, Consistency consistency, long held) {
    return new ReadState(attempt, session, consistency, false, wanted, held, backoff);
  }

  ReadState idle() {
    return new ReadState(0, null, consistency, again, wanted, held, backoff);
  }

  ReadState withAgain() {
    return new ReadState(reading, session, consistency, true, wanted, held, backoff);
  }

  ReadState wanting(long revision) {
    return new ReadState(
        reading, session, consistency, again, Math.max(wanted, revision), held, backoff);
  }

  ReadState withBackoff(Backoff backoff) {
    return new ReadState(reading, session, consistency, again, wanted, held, backoff);
  }
}
