package dev.entitlements.client.internal.engine;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What a future failed with, in our terms. */
final class Failures {
  /** Causes may go round in circles. */
  private static final int DEEPEST = 100;

  private Failures() {}

  static EntitlementsException toException(Throwable error, ErrorKind otherwise, String what) {
    Throwable cause = unwrap(error);
    return cause instanceof EntitlementsException
        ? (EntitlementsException) cause
        : new EntitlementsException(otherwise, what + ": " + cause, cause);
  }

  /** What is of that kind among the causes, however a host has wrapped it; null if nothing is. */
  static @Nullable EntitlementsException find(ErrorKind kind, Throwable error) {
    @Nullable Throwable cause = error;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof EntitlementsException
          && ((EntitlementsException) cause).kind() == kind) {
        return (EntitlementsException) cause;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static Throwable unwrap(Throwable error) {
    @Nullable Throwable cause = error;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null ? error : cause;
  }
}
