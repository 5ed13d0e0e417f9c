package dev.entitlements.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What came of a future. */
final class Outcomes {
  private Outcomes() {}

  /** Of a future that must be done: time stands still in these tests. */
  static <T> T now(CompletableFuture<T> future) {
    assertThat(future).isDone();
    return future.join();
  }

  static EntitlementsException failureNow(CompletableFuture<?> future) {
    assertThat(future).isDone();
    return failure(future);
  }

  static EntitlementsException failure(CompletableFuture<?> future) {
    try {
      Object value = future.get(20, TimeUnit.SECONDS);
      throw new AssertionError("should have failed, but answered " + value);
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(EntitlementsException.class);
      return (EntitlementsException) e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }

  static <T> T soon(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }
}
