package dev.entitlements.local;

/**
 * The status with which a stream can be made to end; the names are gRPC's. OK is not among them:
 * that is {@link Faults#endStreamsNormally()}.
 */
public enum StreamEnd {
  /** The call was cancelled, as it looks when some proxies and servers go away. */
  CANCELLED,
  /** Something unknown went wrong. */
  UNKNOWN,
  /** The request made no sense. */
  INVALID_ARGUMENT,
  /** It took too long. */
  DEADLINE_EXCEEDED,
  /** The cache is gone. */
  NOT_FOUND,
  /** It is there already. */
  ALREADY_EXISTS,
  /** The caller may not. */
  PERMISSION_DENIED,
  /** A limit was hit. */
  RESOURCE_EXHAUSTED,
  /** The state does not allow it. */
  FAILED_PRECONDITION,
  /** It was aborted. */
  ABORTED,
  /** Beyond the range. */
  OUT_OF_RANGE,
  /** Not implemented. */
  UNIMPLEMENTED,
  /** The service failed. */
  INTERNAL,
  /** The service is not there at present. */
  UNAVAILABLE,
  /** Data was lost. */
  DATA_LOSS,
  /** The credential is missing, wrong or expired. */
  UNAUTHENTICATED
}
