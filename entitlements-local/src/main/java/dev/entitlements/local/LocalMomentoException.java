package dev.entitlements.local;

/**
 * The server could not be started. The message says what was tried, where, and what to do about it;
 * it is for people, {@link #reason()} is for code.
 */
public final class LocalMomentoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What stood in the way. */
  public enum Reason {
    /** Something else listens on the port already. Take another, or 0 for any free one. */
    PORT_IN_USE,
    /** The operating system does not let this user listen on the port. */
    PORT_FORBIDDEN,
    /** The host is unknown, or is no address of this machine. */
    BAD_HOST
  }

  /** What stood in the way. */
  private final Reason reason;

  /**
   * Creates one without a cause.
   *
   * @param reason what stood in the way
   * @param message what, where, and what to do
   */
  public LocalMomentoException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * Creates one with a cause.
   *
   * @param reason what stood in the way
   * @param message what, where, and what to do
   * @param cause what the platform said
   */
  public LocalMomentoException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * What stood in the way.
   *
   * @return never null
   */
  public Reason reason() {
    return reason;
  }
}
