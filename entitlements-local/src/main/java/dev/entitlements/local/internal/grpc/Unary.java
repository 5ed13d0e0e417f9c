package dev.entitlements.local.internal.grpc;

import dev.entitlements.local.internal.Refusal;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a call with what a piece of code returns or refuses. */
final class Unary {
  private static final Logger log = LoggerFactory.getLogger(Unary.class);

  private Unary() {}

  static <T> void answer(StreamObserver<T> observer, Supplier<T> body) {
    answerAll(observer, () -> List.of(body.get()));
  }

  /** The answers of a server-streaming call whose answers are all there at once. */
  static <T> void answerAll(StreamObserver<T> observer, Supplier<List<T>> body) {
    List<T> answers;
    try {
      answers = body.get();
    } catch (Refusal refusal) {
      observer.onError(GrpcErrors.exception(refusal));
      return;
    } catch (RuntimeException e) {
      log.warn("LocalMomento failed to answer a call", e);
      observer.onError(
          Status.INTERNAL.withDescription("LocalMomento failed: " + e).asRuntimeException());
      return;
    }
    answers.forEach(observer::onNext);
    observer.onCompleted();
  }
}
