package dev.entitlements.examples.benchmarks.kit;

/** The heap of this JVM. */
public final class Heap {
  private static final int COLLECTIONS = 3;

  private Heap() {}

  /** What is in use and cannot be collected, in bytes. Collects; takes a while. */
  public static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
