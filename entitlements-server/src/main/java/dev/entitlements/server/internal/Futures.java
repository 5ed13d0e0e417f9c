package dev.entitlements.server.internal;

import java.util.concurrent.CompletableFuture;

/** What {@link CompletableFuture} lacks. */
public final class Futures {
  private Futures() {}

  /**
   * A future of the caller's own: what she does to it, cancelling included, does not touch the work
   * that others may wait for too. Unlike {@link CompletableFuture#copy} it fails with the bare
   * error.
   */
  public static <T> CompletableFuture<T> mirror(CompletableFuture<T> original) {
    CompletableFuture<T> mirror = new CompletableFuture<>();
    original.whenComplete(
        (value, error) -> {
          if (error == null) {
            mirror.complete(value);
          } else {
            mirror.completeExceptionally(Errors.unwrapped(error));
          }
        });
    return mirror;
  }

  /** The first one, but failed as soon as one of the parts fails. */
  public static <T> CompletableFuture<T> firstFailureOr(
      CompletableFuture<T> whole, CompletableFuture<?>... parts) {
    CompletableFuture<T> result = mirror(whole);
    for (CompletableFuture<?> part : parts) {
      part.whenComplete(
          (value, error) -> {
            if (error != null) {
              result.completeExceptionally(Errors.unwrapped(error));
            }
          });
    }
    return result;
  }
}
