package dev.entitlements.examples.benchmarks.floor;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The one answer of a call. */
public final class Answer<T> extends CompletableFuture<T> implements StreamObserver<T> {
  /** Not there yet. */
  public Answer() {}

  @Override
  public void onNext(T value) {
    complete(value);
  }

  @Override
  public void onError(Throwable error) {
    completeExceptionally(error);
  }

  @Override
  public void onCompleted() {}
}
