package dev.entitlements.server.internal.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The kind of the error of a future that fails soon. */
final class ErrorKinds {
  private ErrorKinds() {}

  static ErrorKind kindOf(CompletableFuture<?> future) {
    assertThat(future).failsWithin(20, TimeUnit.SECONDS);
    return future
        .handle((value, error) -> ((EntitlementsException) error).kind())
        .getNow(ErrorKind.SIGNED_OUT);
  }
}
