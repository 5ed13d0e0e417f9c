package dev.entitlements.examples.benchmarks.faults;

/** It could not be measured; the message says why. */
final class BenchmarkFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  BenchmarkFailed(String message) {
    super(message);
  }

  BenchmarkFailed(String message, Throwable cause) {
    super(message + ": " + cause, cause);
  }
}
