package dev.entitlements.local.internal.grpc;

import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.fault.Call;
import dev.entitlements.local.internal.fault.FaultGate;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a call with what a piece of code returns or refuses, if no fault strikes it. */
final class Unary {
  private static final Logger log = LoggerFactory.getLogger(Unary.class);

  private final FaultGate gate;

  Unary(FaultGate gate) {
    this.gate = gate;
  }

  <T> void answer(StreamObserver<T> observer, Call call, Supplier<T> body) {
    answerAll(observer, call, () -> List.of(body.get()));
  }

  /** The answers of a server-streaming call whose answers are all there at once. */
  <T> void answerAll(StreamObserver<T> observer, Call call, Supplier<List<T>> body) {
    CompletableFuture<List<T>> answers = gate.pass(call, CallContext.executor(), body);
    if (!answers.isDone() && observer instanceof ServerCallStreamObserver<T> waiting) {
      waiting.setOnCancelHandler(() -> answers.cancel(false));
    }
    var unused =
        answers.whenComplete(
            (all, failure) -> {
              if (failure == null) {
                all.forEach(observer::onNext);
                observer.onCompleted();
              } else if (!(failure instanceof CancellationException)) {
                observer.onError(error(failure));
              }
            });
  }

  /** The refusal that a call failed with, or what a defect of ours looks like. */
  static StatusRuntimeException error(Throwable failure) {
    Throwable cause = failure;
    if (failure instanceof CompletionException && failure.getCause() != null) {
      cause = failure.getCause();
    }
    if (cause instanceof Refusal refusal) {
      return GrpcErrors.exception(refusal);
    }
    log.warn("LocalMomento failed to answer a call", cause);
    return Status.INTERNAL.withDescription("LocalMomento failed: " + cause).asRuntimeException();
  }
}
