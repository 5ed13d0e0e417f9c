package dev.entitlements.client.internal.protocol;

import dev.entitlements.SessionToken;
import org.jspecify.annotations.Nullable;

/** One subscription stream. Immutable. */
final class Stream {
  private static final long NO_PAGE = -1;

  final long attempt;
  final SessionToken session;

  /** The first heartbeat is in. */
  final boolean active;

  /** Counted from the first heartbeat on. */
  final @Nullable Pulse pulse;

  private final long sequenceNumber;
  private final long sequencePage;

  private Stream(
      long attempt,
      SessionToken session,
      boolean active,
      @Nullable Pulse pulse,
      long sequenceNumber,
      long sequencePage) {
    this.attempt = attempt;
    this.session = session;
    this.active = active;
    this.pulse = pulse;
    this.sequenceNumber = sequenceNumber;
    this.sequencePage = sequencePage;
  }

  static Stream opening(long attempt, SessionToken session) {
    return new Stream(attempt, session, false, null, 0, NO_PAGE);
  }

  Stream activated(Moment moment) {
    return new Stream(attempt, session, true, Pulse.first(moment), sequenceNumber, sequencePage);
  }

  Stream with(Pulse pulse) {
    return new Stream(attempt, session, active, pulse, sequenceNumber, sequencePage);
  }

  /** Whether heartbeats have come so regularly that their absence means something. */
  boolean isRegular() {
    return pulse != null && pulse.isRegular();
  }

  /** A number that was seen before does not set the sequence back. */
  Stream seen(long number, long page) {
    boolean repeated = page == sequencePage && number <= sequenceNumber;
    return repeated ? this : new Stream(attempt, session, active, pulse, number, page);
  }

  /** The sequence begins anew, at whatever number comes next. */
  Stream resynchronized() {
    return new Stream(attempt, session, active, pulse, 0, NO_PAGE);
  }

  /** Whether messages are missing between the last one and this one. */
  boolean missedBefore(long number, long page) {
    return sequencePage != NO_PAGE && (page != sequencePage || number > sequenceNumber + 1);
  }
}
