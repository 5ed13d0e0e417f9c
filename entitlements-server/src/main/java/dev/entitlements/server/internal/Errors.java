package dev.entitlements.server.internal;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Errors as one type, without what futures wrap around them. */
final class Errors {
  private Errors() {}

  static Throwable unwrapped(Throwable error) {
    Throwable cause = error.getCause();
    boolean isWrapping =
        error instanceof CompletionException || error instanceof ExecutionException;
    return isWrapping && cause != null ? unwrapped(cause) : error;
  }

  static EntitlementsException of(Throwable error) {
    Throwable unwrapped = unwrapped(error);
    return unwrapped instanceof EntitlementsException ours
        ? ours
        : new EntitlementsException(ErrorKind.INTERNAL, "unexpected " + unwrapped, unwrapped);
  }
}
