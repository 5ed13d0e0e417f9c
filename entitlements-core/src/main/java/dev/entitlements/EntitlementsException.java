package dev.entitlements;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of this library, with a {@link ErrorKind kind} to act on. Its message says what
 * was wrong, where, and what to do; it never holds a token or a key.
 */
public class EntitlementsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  private final ErrorKind kind;

  /** Whom it concerns, or null. */
  private final @Nullable String userId;

  /**
   * An error that concerns no user in particular.
   *
   * @param kind what went wrong
   * @param message what was wrong, where, and what to do
   */
  public EntitlementsException(ErrorKind kind, String message) {
    this(kind, message, null, null);
  }

  /**
   * An error that concerns no user in particular, with its cause.
   *
   * @param kind what went wrong
   * @param message what was wrong, where, and what to do
   * @param cause what made it go wrong, or null
   */
  public EntitlementsException(ErrorKind kind, String message, @Nullable Throwable cause) {
    this(kind, message, cause, null);
  }

  /**
   * An error that concerns one user.
   *
   * @param kind what went wrong
   * @param message what was wrong, where, and what to do
   * @param cause what made it go wrong, or null
   * @param userId the user, or null
   */
  public EntitlementsException(
      ErrorKind kind, String message, @Nullable Throwable cause, @Nullable String userId) {
    super(message, cause);
    this.kind = kind;
    this.userId = userId;
  }

  /**
   * What went wrong.
   *
   * @return the kind, to act on
   */
  public final ErrorKind kind() {
    return kind;
  }

  /**
   * Whom it concerns.
   *
   * @return the user's id, or empty if it concerns no user in particular
   */
  public final Optional<String> userId() {
    return Optional.ofNullable(userId);
  }

  @Override
  public String toString() {
    return getClass().getName() + ": " + kind + ": " + getMessage();
  }
}
