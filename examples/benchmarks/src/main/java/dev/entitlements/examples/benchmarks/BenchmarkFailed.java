package dev.entitlements.examples.benchmarks;

/** It could not be measured; the message says why. */
public final class BenchmarkFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With no other cause. */
  public BenchmarkFailed(String message) {
    super(message);
  }

  /** The cause is added to the message. */
  public BenchmarkFailed(String message, Throwable cause) {
    super(message + ": " + cause, cause);
  }
}
