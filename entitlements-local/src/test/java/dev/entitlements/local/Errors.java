package dev.entitlements.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Status;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says how a call is to fail. */
final class Errors {
  private Errors() {}

  static void assertFails(Status.Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(thrown -> assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(code));
  }

  /** With the name of the limit in the trailer. */
  static void assertLimited(String err, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            thrown -> {
              assertThat(Status.fromThrowable(thrown).getCode())
                  .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
              Metadata trailers = Status.trailersFromThrowable(thrown);
              assertThat(trailers).isNotNull();
              assertThat(trailers.get(Metadata.Key.of("err", Metadata.ASCII_STRING_MARSHALLER)))
                  .isEqualTo(err);
            });
  }
}
