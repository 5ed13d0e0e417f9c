package dev.entitlements.examples.benchmarks.faults;

/** Watches one user. */
interface Player extends AutoCloseable {
  /** Returns once it is subscribed. */
  void start() throws InterruptedException;

  LocalCopy copy();

  ThrowOnce defect();

  @Override
  void close();
}
