package dev.entitlements.server.internal.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import momento.sdk.exceptions.CacheServiceExceptionMapper;
import momento.sdk.exceptions.InvalidArgumentException;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.exceptions.SdkException;
import momento.sdk.responses.auth.GenerateDisposableTokenResponse;
import momento.sdk.responses.cache.GetResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("P4")
class SdkErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "UNAUTHENTICATED,, UNAUTHENTICATED",
    "PERMISSION_DENIED,, PERMISSION_DENIED",
    "NOT_FOUND,, CACHE_NOT_FOUND",
    "RESOURCE_EXHAUSTED, operations_rate_limit_exceeded, RATE_LIMITED",
    "RESOURCE_EXHAUSTED, item_size_limit_exceeded, TOO_LARGE",
    "DEADLINE_EXCEEDED,, TIMEOUT",
    "UNAVAILABLE,, UNAVAILABLE",
    "CANCELLED,, UNAVAILABLE",
    "ABORTED,, UNAVAILABLE",
    "UNIMPLEMENTED,, UNSUPPORTED",
    "INVALID_ARGUMENT,, INVALID_REQUEST",
    "INTERNAL,, INTERNAL"
  })
  void whatTheCacheClientAnswersMeansWhatTheStatusBelowMeans(
      Status.Code code, String trailer, ErrorKind kind) {
    Metadata trailers = new Metadata();
    if (trailer != null) {
      trailers.put(Metadata.Key.of("err", Metadata.ASCII_STRING_MARSHALLER), trailer);
    }
    SdkException ofSdk =
        CacheServiceExceptionMapper.convert(
            code.toStatus().withDescription("why").asRuntimeException(trailers));

    EntitlementsException error = convert(new GetResponse.Error(ofSdk));

    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error).hasMessageStartingWith("the call: " + code).hasMessageContaining("why");
  }

  @ParameterizedTest
  @CsvSource({
    "UNAUTHENTICATED, UNAUTHENTICATED",
    "PERMISSION_DENIED, PERMISSION_DENIED",
    "NOT_FOUND, CACHE_NOT_FOUND",
    "RESOURCE_EXHAUSTED, RATE_LIMITED",
    "DEADLINE_EXCEEDED, TIMEOUT",
    "UNAVAILABLE, UNAVAILABLE",
    "UNIMPLEMENTED, UNSUPPORTED",
    "INVALID_ARGUMENT, INVALID_REQUEST",
    "INTERNAL, INTERNAL"
  })
  void whatTheAuthClientMakesOfEachStatusIsUndone(Status.Code code, ErrorKind kind) {
    for (Status status : new Status[] {code.toStatus(), code.toStatus().withDescription("why")}) {
      // As momento.sdk.ScsTokenClient does.
      Exception caught = new ExecutionException(status.asRuntimeException());
      SdkException ofSdk = new InvalidArgumentException(caught.getMessage());

      EntitlementsException error = convert(new GenerateDisposableTokenResponse.Error(ofSdk));

      assertThat(error.kind()).isEqualTo(kind);
      assertThat(error.getMessage()).startsWith("the call: " + code);
    }
  }

  @Test
  void whatTheAuthClientRefusesItselfIsAnInvalidRequest() {
    EntitlementsException error =
        convert(
            new GenerateDisposableTokenResponse.Error(
                new InvalidArgumentException("Disposable token must expire within 1 hour")));
    assertThat(error.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    assertThat(error).hasMessageContaining("within 1 hour");
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTION, UNAVAILABLE",
    "INVALID_ARGUMENT_ERROR, INVALID_REQUEST",
    "UNKNOWN_SERVICE_ERROR, INTERNAL",
    "ALREADY_EXISTS_ERROR, INVALID_REQUEST",
    "NOT_FOUND_ERROR, CACHE_NOT_FOUND",
    "INTERNAL_SERVER_ERROR, INTERNAL",
    "PERMISSION_ERROR, PERMISSION_DENIED",
    "AUTHENTICATION_ERROR, UNAUTHENTICATED",
    "CANCELLED_ERROR, UNAVAILABLE",
    "LIMIT_EXCEEDED_ERROR, RATE_LIMITED",
    "BAD_REQUEST_ERROR, INVALID_REQUEST",
    "TIMEOUT_ERROR, TIMEOUT",
    "SERVER_UNAVAILABLE, UNAVAILABLE",
    "CLIENT_RESOURCE_EXHAUSTED, OVERLOADED",
    "UNKNOWN, INTERNAL"
  })
  void whereThereIsNoStatusTheSdksCodeCounts(MomentoErrorCode code, ErrorKind kind) {
    EntitlementsException error = convert(new SdkException(code, "why"));
    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error).hasMessageContaining("why");
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeOfTheSdkHasAKindEvenWithoutAMessage(MomentoErrorCode code) {
    assertThat(convert(new SdkException(code, null)).kind()).isNotNull();
  }

  @Test
  void aLimitOfSizeIsToldFromALimitOfRateByTheSdksText() {
    assertThat(
            convert(
                    new SdkException(
                        MomentoErrorCode.LIMIT_EXCEEDED_ERROR,
                        "Item size limit exceeded for this account"))
                .kind())
        .isEqualTo(ErrorKind.TOO_LARGE);
  }

  @Test
  void anAnswerThatDoesNotComeIsATimeoutAndOneThatIsOursStaysAsItIs() {
    EntitlementsException ours = new EntitlementsException(ErrorKind.CONFLICT, "ours");
    assertThat(convert(new CompletionException(new TimeoutException())).kind())
        .isEqualTo(ErrorKind.TIMEOUT);
    assertThat(convert(new CompletionException(ours))).isSameAs(ours);
    assertThat(convert(new IllegalStateException("bug")).kind()).isEqualTo(ErrorKind.INTERNAL);
  }

  private static EntitlementsException convert(Throwable error) {
    return SdkErrors.toException("the call", error);
  }
}
