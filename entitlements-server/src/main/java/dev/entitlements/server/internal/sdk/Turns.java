package dev.entitlements.server.internal.sdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets the tasks of one key run one after the other, in their order; those of others beside. */
final class Turns {
  private final ConcurrentMap<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /**
   * Runs a task when those of its key before it are done, however they ended.
   *
   * @return of the caller's own: to cancel it does not cut the turn short
   */
  <T> CompletableFuture<T> take(String key, Supplier<CompletableFuture<T>> task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletableFuture<Void> before = last.put(key, done);
    CompletableFuture<T> result =
        (before == null ? CompletableFuture.<Void>completedFuture(null) : before)
            .thenCompose(turn -> task.get());
    result.whenComplete(
        (value, error) -> {
          last.remove(key, done);
          done.complete(null);
        });
    return result.thenApply(Function.identity());
  }

  int size() {
    return last.size();
  }
}
