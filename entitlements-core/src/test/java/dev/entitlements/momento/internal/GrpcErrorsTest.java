package dev.entitlements.momento.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import io.grpc.Metadata;
import io.grpc.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("P4")
class GrpcErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "UNAUTHENTICATED,, UNAUTHENTICATED",
    "PERMISSION_DENIED,, PERMISSION_DENIED",
    "NOT_FOUND,, CACHE_NOT_FOUND",
    "NOT_FOUND, cache_not_found, CACHE_NOT_FOUND",
    "RESOURCE_EXHAUSTED,, RATE_LIMITED",
    "RESOURCE_EXHAUSTED, operations_rate_limit_exceeded, RATE_LIMITED",
    "RESOURCE_EXHAUSTED, throughput_rate_limit_exceeded, RATE_LIMITED",
    "RESOURCE_EXHAUSTED, topic_subscriptions_limit_exceeded, RATE_LIMITED",
    "RESOURCE_EXHAUSTED, something_newer, RATE_LIMITED",
    "RESOURCE_EXHAUSTED, item_size_limit_exceeded, TOO_LARGE",
    "RESOURCE_EXHAUSTED, request_size_limit_exceeded, TOO_LARGE",
    "RESOURCE_EXHAUSTED, element_size_limit_exceeded, TOO_LARGE",
    "DEADLINE_EXCEEDED,, TIMEOUT",
    "UNAVAILABLE,, UNAVAILABLE",
    "UNAVAILABLE, item_size_limit_exceeded, UNAVAILABLE",
    "CANCELLED,, UNAVAILABLE",
    "ABORTED,, UNAVAILABLE",
    "UNIMPLEMENTED,, UNSUPPORTED",
    "INVALID_ARGUMENT,, INVALID_REQUEST",
    "OUT_OF_RANGE,, INVALID_REQUEST",
    "FAILED_PRECONDITION,, INVALID_REQUEST",
    "ALREADY_EXISTS,, INVALID_REQUEST",
    "INTERNAL,, INTERNAL",
    "UNKNOWN,, INTERNAL",
    "DATA_LOSS,, INTERNAL"
  })
  void aStatusMeansAKindAndTheTrailerTellsTooBigFromTooFast(
      Status.Code code, String cause, ErrorKind kind) {
    EntitlementsException error =
        GrpcErrors.toException("the call", code.toStatus().withDescription("why"), trailer(cause));
    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error).hasMessageContaining("the call").hasMessageContaining("why");
    assertThat(error.getMessage()).contains(code.name()).contains(cause == null ? "" : cause);
  }

  @Test
  void everyStatusThatIsAnErrorHasAKind() {
    for (Status.Code code : Status.Code.values()) {
      assertThat(GrpcErrors.toException("the call", code.toStatus(), null).kind()).isNotNull();
    }
  }

  @Test
  void theCauseOfAStatusIsKept() {
    IllegalStateException below = new IllegalStateException("below");
    EntitlementsException error =
        GrpcErrors.toException("the call", Status.fromThrowable(below), null);
    assertThat(error.kind()).isEqualTo(ErrorKind.INTERNAL);
    assertThat(error).hasCause(below);
  }

  private static Metadata trailer(String cause) {
    Metadata trailers = new Metadata();
    if (cause != null) {
      trailers.put(Metadata.Key.of("err", Metadata.ASCII_STRING_MARSHALLER), cause);
    }
    return trailers;
  }
}
