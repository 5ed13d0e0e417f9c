package dev.entitlements.momento;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The answer to one call, as a future that fails in our terms. */
final class UnaryAnswer<R, T> implements StreamObserver<R> {
  private final String call;
  private final ChannelPool pool;
  private final Mapping<R, T> mapping;
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private @Nullable T value;

  UnaryAnswer(String call, ChannelPool pool, Mapping<R, T> mapping) {
    this.call = call;
    this.pool = pool;
    this.mapping = mapping;
  }

  CompletableFuture<T> future() {
    return future;
  }

  void whenCancelledCancel(ClientCall<?, ?> call) {
    future.whenComplete(
        (value, error) -> {
          if (future.isCancelled()) {
            call.cancel("no longer wanted", null);
          }
        });
  }

  @Override
  public void onNext(R response) {
    try {
      value = mapping.apply(response);
    } catch (EntitlementsException e) {
      future.completeExceptionally(e);
    } catch (RuntimeException e) {
      future.completeExceptionally(
          new EntitlementsException(ErrorKind.INTERNAL, call + ": unusable answer", e));
    }
  }

  @Override
  public void onError(Throwable error) {
    future.completeExceptionally(
        pool.errorOf(call, Status.fromThrowable(error), Status.trailersFromThrowable(error)));
  }

  @Override
  public void onCompleted() {
    if (value != null) {
      future.complete(value);
    } else {
      future.completeExceptionally(
          new EntitlementsException(ErrorKind.INTERNAL, call + ": no answer"));
    }
  }

  /** Turns a response into a value. */
  interface Mapping<R, T> {
    T apply(R response);
  }
}
