package dev.entitlements.server.internal;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The calls of a publisher or issuer that have not ended, and the way it closes. */
public final class OpenCalls {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final String owner;
  private final Set<OpenCall> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * None yet.
   *
   * @param owner names the owner in errors
   */
  public OpenCalls(String owner) {
    this.owner = owner;
  }

  public boolean isClosed() {
    return closed;
  }

  public <T> CompletableFuture<T> refused(@Nullable String userId) {
    return CompletableFuture.failedFuture(
        new EntitlementsException(
            ErrorKind.CLOSED, "the " + owner + " is closed and takes no more calls", null, userId));
  }

  public void add(OpenCall call) {
    if (!calls.add(call)) {
      return;
    }
    call.result().whenComplete((value, error) -> calls.remove(call));
    if (closed) {
      // It came after close() had looked.
      call.stop();
      call.abandon();
    }
  }

  /** Takes no more calls, and gives those there are a while to end by themselves. */
  public void close() {
    closed = true;
    calls.forEach(OpenCall::stop);
    CompletableFuture<?>[] results =
        calls.stream().map(OpenCall::result).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(results).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      // A call that failed has ended too, and its caller knows.
      return;
    } catch (TimeoutException e) {
      calls.forEach(OpenCall::abandon);
    } catch (InterruptedException e) {
      calls.forEach(OpenCall::abandon);
      Thread.currentThread().interrupt();
    }
  }

  int size() {
    return calls.size();
  }
}
