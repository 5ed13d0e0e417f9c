package dev.entitlements.momento.internal;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** What a gRPC status means to us: the one table of it. */
public final class GrpcErrors {
  /** The trailer in which Momento names the cause. */
  private static final Metadata.Key<String> CAUSE =
      Metadata.Key.of("err", Metadata.ASCII_STRING_MARSHALLER);

  private GrpcErrors() {}

  /**
   * The error that a status is.
   *
   * @param call what failed, as the beginning of a sentence
   * @param trailers in which Momento names the cause, or null
   */
  public static EntitlementsException toException(
      String call, Status status, @Nullable Metadata trailers) {
    String cause = trailers == null ? null : trailers.get(CAUSE);
    String message =
        call
            + ": "
            + status.getCode()
            + (cause == null ? "" : " (" + cause + ")")
            + (status.getDescription() == null ? "" : ": " + status.getDescription());
    return new EntitlementsException(kindOf(status.getCode(), cause), message, status.getCause());
  }

  private static ErrorKind kindOf(Status.Code code, @Nullable String cause) {
    switch (code) {
      case UNAUTHENTICATED:
        return ErrorKind.UNAUTHENTICATED;
      case PERMISSION_DENIED:
        return ErrorKind.PERMISSION_DENIED;
      case NOT_FOUND:
        return ErrorKind.CACHE_NOT_FOUND;
      case RESOURCE_EXHAUSTED:
        // One status for "too fast" and "too big": only the trailer tells them apart.
        return cause != null && cause.endsWith("size_limit_exceeded")
            ? ErrorKind.TOO_LARGE
            : ErrorKind.RATE_LIMITED;
      case DEADLINE_EXCEEDED:
        return ErrorKind.TIMEOUT;
      case UNAVAILABLE:
      case CANCELLED:
      case ABORTED:
        return ErrorKind.UNAVAILABLE;
      case UNIMPLEMENTED:
        return ErrorKind.UNSUPPORTED;
      case INVALID_ARGUMENT:
      case FAILED_PRECONDITION:
      case OUT_OF_RANGE:
      case ALREADY_EXISTS:
        return ErrorKind.INVALID_REQUEST;
      default:
        return ErrorKind.INTERNAL;
    }
  }
}
