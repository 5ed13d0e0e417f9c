package dev.entitlements.server.internal.sdk;

import static dev.entitlements.server.internal.sdk.ErrorKinds.kindOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.ErrorKind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.exceptions.SdkException;
import momento.sdk.responses.cache.GetResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SdkCallsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CompletableFuture<Object> ofSdk = new CompletableFuture<>();

  @Test
  @Tag("P6")
  void anAnswerIsWhatTheMappingMakesOfIt() {
    CompletableFuture<String> answer = call(new SdkCalls(LONG));
    assertThat(answer).isNotDone();
    ofSdk.complete(42);
    assertThat(answer).isCompletedWithValue("42");
  }

  @Test
  @Tag("P4")
  void anAnswerThatNeverComesIsATimeoutAndTheCallOfTheSdkIsCancelled() {
    CompletableFuture<String> answer = call(new SdkCalls(Duration.ofMillis(20)));
    assertThat(kindOf(answer)).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(ofSdk).isCancelled();
  }

  @Test
  @Tag("P4")
  void whatTheSdkThrowsFailsWithOrAnswersWithIsATypedError() {
    SdkCalls calls = new SdkCalls(LONG);
    SdkException error = new SdkException(MomentoErrorCode.PERMISSION_ERROR, "no");
    assertThat(
            kindOf(
                calls.call(
                    "it",
                    () -> {
                      throw error;
                    },
                    String::valueOf)))
        .isEqualTo(ErrorKind.PERMISSION_DENIED);
    assertThat(
            kindOf(calls.call("it", () -> CompletableFuture.failedFuture(error), String::valueOf)))
        .isEqualTo(ErrorKind.PERMISSION_DENIED);
    assertThat(
            kindOf(
                calls.call(
                    "it",
                    () -> CompletableFuture.completedFuture(new GetResponse.Error(error)),
                    String::valueOf)))
        .isEqualTo(ErrorKind.PERMISSION_DENIED);
  }

  @Test
  @Tag("P5")
  void anAnswerThatIsNullOrThatTheMappingDoesNotBearIsAnInternalError() {
    SdkCalls calls = new SdkCalls(LONG);
    assertThat(
            kindOf(calls.call("it", () -> CompletableFuture.completedFuture(null), x -> "value")))
        .isEqualTo(ErrorKind.INTERNAL);
    assertThat(
            kindOf(
                calls.call(
                    "it",
                    () -> CompletableFuture.completedFuture("x"),
                    x -> {
                      throw new IllegalStateException("bug");
                    })))
        .isEqualTo(ErrorKind.INTERNAL);
  }

  @Test
  @Tag("P9")
  void toCancelTheAnswerCancelsTheCallOfTheSdk() {
    call(new SdkCalls(LONG)).cancel(true);
    assertThat(ofSdk).isCancelled();
  }

  @Test
  @Tag("P9")
  void toCloseEndsWhatRunsAndRefusesWhatComes() {
    SdkCalls calls = new SdkCalls(LONG);
    CompletableFuture<String> running = call(calls);
    calls.close();
    assertThat(kindOf(running)).isEqualTo(ErrorKind.CLOSED);
    assertThat(kindOf(call(calls))).isEqualTo(ErrorKind.CLOSED);
  }

  private CompletableFuture<String> call(SdkCalls calls) {
    return calls.call("the call", () -> ofSdk, String::valueOf);
  }
}
