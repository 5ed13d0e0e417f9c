package dev.entitlements.server.internal.sdk;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.momento.internal.GrpcErrors;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import momento.sdk.exceptions.MomentoErrorCode;
import momento.sdk.exceptions.SdkException;
import org.jspecify.annotations.Nullable;

/**
 * What an error of Momento's SDK means to us.
 *
 * <ol>
 *   <li>Where a gRPC status is among the causes, it alone counts: the SDK's own codes are coarser.
 *   <li>{@code AuthClient} keeps no cause and makes everything INVALID_ARGUMENT, but quotes the
 *       status in its message: it is read from there.
 *   <li>Else the SDK's code counts.
 * </ol>
 */
final class SdkErrors {
  private static final Pattern QUOTED_STATUS =
      Pattern.compile("Status(?:Runtime)?Exception: ([A-Z_]+)(?:: (.*))?", Pattern.DOTALL);

  private SdkErrors() {}

  static EntitlementsException toException(String call, Throwable error) {
    SdkException ofSdk = null;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof EntitlementsException ours) {
        return ours;
      } else if (cause instanceof StatusRuntimeException e) {
        return GrpcErrors.toException(call, e.getStatus(), e.getTrailers());
      } else if (cause instanceof StatusException e) {
        return GrpcErrors.toException(call, e.getStatus(), e.getTrailers());
      } else if (cause instanceof TimeoutException) {
        return new EntitlementsException(ErrorKind.TIMEOUT, call + ": no answer in time");
      } else if (cause instanceof SdkException e) {
        ofSdk = e;
      }
    }
    return ofSdk == null
        ? new EntitlementsException(ErrorKind.INTERNAL, call + ": unexpected " + error, error)
        : fromSdk(call, ofSdk);
  }

  /** An answer of a kind that came with a newer SDK. Its text may hold what is stored. */
  static EntitlementsException unknownAnswer(String call, @Nullable Object answer) {
    return new EntitlementsException(
        ErrorKind.INTERNAL,
        call
            + ": the SDK answered with a kind of answer that is not known here: "
            + (answer == null ? "null" : answer.getClass().getName()));
  }

  private static EntitlementsException fromSdk(String call, SdkException error) {
    return quotedStatus(error)
        .map(status -> GrpcErrors.toException(call, status, null))
        .orElseGet(
            () ->
                new EntitlementsException(
                    kindOf(error.getErrorCode(), error.getMessage()),
                    call + ": " + error.getErrorCode() + ": " + error.getMessage(),
                    error));
  }

  private static Optional<Status> quotedStatus(SdkException error) {
    if (error.getErrorCode() != MomentoErrorCode.INVALID_ARGUMENT_ERROR
        || error.getMessage() == null) {
      return Optional.empty();
    }
    Matcher quoted = QUOTED_STATUS.matcher(error.getMessage());
    if (!quoted.find()) {
      return Optional.empty();
    }
    for (Status.Code code : Status.Code.values()) {
      if (code.name().equals(quoted.group(1))) {
        return Optional.of(code.toStatus().withDescription(quoted.group(2)));
      }
    }
    return Optional.empty();
  }

  private static ErrorKind kindOf(MomentoErrorCode code, @Nullable String message) {
    return switch (code) {
      case AUTHENTICATION_ERROR -> ErrorKind.UNAUTHENTICATED;
      case PERMISSION_ERROR -> ErrorKind.PERMISSION_DENIED;
      case NOT_FOUND_ERROR -> ErrorKind.CACHE_NOT_FOUND;
      case LIMIT_EXCEEDED_ERROR ->
          // One code for "too fast" and "too big"; the SDK's text for the latter names a size.
          message != null && message.contains("size limit")
              ? ErrorKind.TOO_LARGE
              : ErrorKind.RATE_LIMITED;
      case TIMEOUT_ERROR -> ErrorKind.TIMEOUT;
      case CONNECTION, SERVER_UNAVAILABLE, CANCELLED_ERROR -> ErrorKind.UNAVAILABLE;
      case CLIENT_RESOURCE_EXHAUSTED -> ErrorKind.OVERLOADED;
      case INVALID_ARGUMENT_ERROR, BAD_REQUEST_ERROR, ALREADY_EXISTS_ERROR ->
          ErrorKind.INVALID_REQUEST;
      default -> ErrorKind.INTERNAL;
    };
  }
}
