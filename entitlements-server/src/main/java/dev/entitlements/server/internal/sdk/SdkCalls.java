package dev.entitlements.server.internal.sdk;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import momento.sdk.exceptions.SdkException;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls of the SDK behave as those of core's roles do: they fail in our terms, in bounded
 * time (the SDK has answers that never come), and can be cancelled and closed.
 */
final class SdkCalls {
  private final Duration timeout;

  /** For each call that runs, what ends it. */
  private final Set<Runnable> open = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  SdkCalls(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * Makes one call.
   *
   * @param name what is called, as the beginning of a sentence
   * @param call must not block
   * @param mapping makes a value of an answer that is no error; may throw
   */
  <R, T> CompletableFuture<T> call(
      String name, Supplier<CompletableFuture<R>> call, Mapping<R, T> mapping) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Runnable end = () -> answer.completeExceptionally(closedError());
    open.add(end);
    answer.whenComplete((value, error) -> open.remove(end));
    if (closed) {
      end.run();
      return answer;
    }
    CompletableFuture<R> raw = start(call);
    raw.copy()
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete((response, error) -> settle(name, answer, response, error, mapping));
    // Where there is an answer already, this does nothing.
    answer.whenComplete((value, error) -> raw.cancel(true));
    return answer;
  }

  /** Lets all calls fail, those that run and those to come. The clients stay as they are. */
  void close() {
    closed = true;
    open.forEach(Runnable::run);
  }

  private static <R> CompletableFuture<R> start(Supplier<CompletableFuture<R>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <R, T> void settle(
      String name,
      CompletableFuture<T> answer,
      @Nullable R response,
      @Nullable Throwable error,
      Mapping<R, T> mapping) {
    try {
      if (error != null) {
        throw SdkErrors.toException(name, error);
      }
      if (response == null) {
        throw SdkErrors.unknownAnswer(name, null);
      }
      if (response instanceof SdkException e) {
        throw SdkErrors.toException(name, e);
      }
      answer.complete(mapping.apply(response));
    } catch (RuntimeException e) {
      answer.completeExceptionally(SdkErrors.toException(name, e));
    }
  }

  private static EntitlementsException closedError() {
    return new EntitlementsException(ErrorKind.CLOSED, "the backend was closed");
  }

  /** Turns an answer into a value. */
  interface Mapping<R, T> {
    T apply(R answer);
  }
}
