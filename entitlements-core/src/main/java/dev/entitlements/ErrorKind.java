package dev.entitlements;

/**
 * What kind of thing went wrong. Programs may switch on it; the text of a message is not API.
 *
 * <p>A <em>transient</em> kind may pass by itself: repeating the call later can help. A
 * <em>terminal</em> kind stays until somebody changes something. New kinds may be added, so a
 * {@code switch} wants a {@code default}.
 */
public enum ErrorKind {
  /** The service could not be reached, or went away during the call. Transient. */
  UNAVAILABLE(true),
  /** No answer within the deadline; whether the call took effect is unknown. Transient. */
  TIMEOUT(true),
  /** A quota of the account is used up for now. Transient: back off before the next try. */
  RATE_LIMITED(true),
  /** The service failed in a way of its own, or ended a stream. Transient. */
  INTERNAL(true),
  /**
   * The snapshot is stored, but its notification could not be sent. Transient: repeating the
   * publish is safe.
   */
  NOT_NOTIFIED(true),
  /** Other publishers kept winning the race for one user's item until the deadline. Transient. */
  CONFLICT(true),
  /** Too much is waiting in a queue of this process already. Transient. */
  OVERLOADED(true),
  /**
   * The host's own {@code EntitlementSource} or {@code SessionSource} failed. Transient, as far as
   * can be known.
   */
  SOURCE_FAILED(true),
  /** The key or token is missing, garbled, forged or expired. Terminal for that credential. */
  UNAUTHENTICATED(false),
  /** The credential is good, but not for this item, topic or call. Terminal. */
  PERMISSION_DENIED(false),
  /** There is no cache of that name. Terminal until somebody creates it. */
  CACHE_NOT_FOUND(false),
  /** The service refuses the request as it is. Terminal. */
  INVALID_REQUEST(false),
  /** The service does not know the call. Terminal. */
  UNSUPPORTED(false),
  /** The document is larger than the service takes. Terminal. */
  TOO_LARGE(false),
  /**
   * The data is not what it should be: not JSON, a field missing or of the wrong type, a limit
   * exceeded. Terminal.
   */
  MALFORMED(false),
  /**
   * The data is of a newer schema than this version reads. Terminal until the library is updated.
   */
  UNKNOWN_SCHEMA(false),
  /** The data belongs to another user. Terminal. */
  FOREIGN_USER(false),
  /** The user is signed out: there is no session any more. Terminal. */
  SIGNED_OUT(false),
  /** The object was closed. Terminal. */
  CLOSED(false);

  private final boolean isTransient;

  ErrorKind(boolean isTransient) {
    this.isTransient = isTransient;
  }

  /**
   * Whether repeating the call later can help.
   *
   * @return true if it can, false if somebody has to change something first
   */
  public boolean isTransient() {
    return isTransient;
  }
}
