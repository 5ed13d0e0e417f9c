package dev.entitlements.local.internal.grpc;

import dev.entitlements.local.internal.LimitName;
import dev.entitlements.local.internal.Refusal;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** A refusal as gRPC tells it: a status, and the limit's name in the trailer {@code err}. */
final class GrpcErrors {
  private static final Metadata.Key<String> ERR =
      Metadata.Key.of("err", Metadata.ASCII_STRING_MARSHALLER);

  private GrpcErrors() {}

  static Status status(Refusal refusal) {
    return refusal.code().toStatus().withDescription(refusal.reason());
  }

  static Metadata trailers(Refusal refusal) {
    Metadata trailers = new Metadata();
    LimitName limit = refusal.limit();
    if (limit != null) {
      trailers.put(ERR, limit.wireName());
    }
    return trailers;
  }

  static StatusRuntimeException exception(Refusal refusal) {
    return new StatusRuntimeException(status(refusal), trailers(refusal));
  }
}
