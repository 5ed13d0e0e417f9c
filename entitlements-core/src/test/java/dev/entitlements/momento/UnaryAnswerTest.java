package dev.entitlements.momento;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P4")
class UnaryAnswerTest {
  private final ChannelPool pool =
      new ChannelPool(
          () -> {
            throw new AssertionError("nothing is called here");
          });

  @Test
  void anAnswerIsHandedOnOnceTheCallIsOver() {
    UnaryAnswer<Integer, String> answer = new UnaryAnswer<>("the call", pool, String::valueOf);
    answer.onNext(7);
    assertThat(answer.future()).isNotDone();
    answer.onCompleted();
    assertThat(answer.future()).isCompletedWithValue("7");
  }

  @Test
  void anAnswerThatAnErrorFollowsIsAnError() {
    UnaryAnswer<Integer, String> answer = new UnaryAnswer<>("the call", pool, String::valueOf);
    answer.onNext(7);
    answer.onError(Status.UNAVAILABLE.asRuntimeException());
    assertThat(errorOf(answer.future()).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
  }

  @Test
  void noAnswerAtAllIsAnError() {
    UnaryAnswer<Integer, String> answer = new UnaryAnswer<>("the call", pool, String::valueOf);
    answer.onCompleted();
    assertThat(errorOf(answer.future()).kind()).isEqualTo(ErrorKind.INTERNAL);
    assertThat(errorOf(answer.future())).hasMessage("the call: no answer");
  }

  @Test
  void anAnswerThatIsOfNoUseIsAnError() {
    IllegalStateException below = new IllegalStateException("below");
    UnaryAnswer<Integer, String> answer =
        new UnaryAnswer<>(
            "the call",
            pool,
            response -> {
              throw below;
            });
    answer.onNext(7);
    answer.onCompleted();
    assertThat(errorOf(answer.future()).kind()).isEqualTo(ErrorKind.INTERNAL);
    assertThat(errorOf(answer.future())).hasCause(below);
  }

  @Test
  void anErrorOfOursIsHandedOnAsItIs() {
    EntitlementsException ours = new EntitlementsException(ErrorKind.MALFORMED, "ours");
    UnaryAnswer<Integer, String> answer =
        new UnaryAnswer<>(
            "the call",
            pool,
            response -> {
              throw ours;
            });
    answer.onNext(7);
    answer.onCompleted();
    assertThat(errorOf(answer.future())).isSameAs(ours);
  }

  private static EntitlementsException errorOf(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    return (EntitlementsException) future.handle((value, error) -> error).join();
  }
}
