package dev.entitlements.client.internal.engine;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What a future failed with, in our terms. */
final class Failures {
  private Failures() {}

  static EntitlementsException toException(Throwable error, ErrorKind otherwise, String what) {
    Throwable cause = unwrap(error);
    return cause instanceof EntitlementsException
        ? (EntitlementsException) cause
        : new EntitlementsException(otherwise, what + ": " + cause, cause);
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
