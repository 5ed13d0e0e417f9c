package dev.entitlements.local.internal;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Why a call is refused, in one form for every protocol: gRPC turns it into a status with an {@code
 * err} trailer, the HTTP API into a status code with a JSON body.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Status.Code code;
  private final @Nullable LimitName limit;

  private Refusal(Status.Code code, String message, @Nullable LimitName limit) {
    // A refusal is an answer, not a defect: no stack trace.
    super(message, null, false, false);
    this.code = code;
    this.limit = limit;
  }

  public static Refusal of(Status.Code code, String message) {
    return new Refusal(code, message, null);
  }

  public static Refusal unauthenticated(String message) {
    return of(Status.Code.UNAUTHENTICATED, message);
  }

  public static Refusal denied(String message) {
    return of(Status.Code.PERMISSION_DENIED, message);
  }

  public static Refusal invalid(String message) {
    return of(Status.Code.INVALID_ARGUMENT, message);
  }

  public static Refusal notFound(String message) {
    return of(Status.Code.NOT_FOUND, message);
  }

  public static Refusal limit(LimitName limit, String message) {
    return new Refusal(Status.Code.RESOURCE_EXHAUSTED, message, limit);
  }

  public Status.Code code() {
    return code;
  }

  /** The limit that was hit, for the {@code err} trailer; null when none was. */
  public @Nullable LimitName limit() {
    return limit;
  }

  /** The message, which a refusal always has. */
  public String reason() {
    String message = getMessage();
    return message == null ? code.name() : message;
  }
}
