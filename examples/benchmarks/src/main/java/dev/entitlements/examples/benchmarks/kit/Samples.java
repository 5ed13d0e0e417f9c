package dev.entitlements.examples.benchmarks.kit;

import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** Measured times, to three significant digits. Many threads record at a time. */
public final class Samples {
  private static final double NANOS_PER_MS = 1e6;

  private final ConcurrentHistogram nanos = new ConcurrentHistogram(3);

  /** None yet. */
  public Samples() {}

  /** One more. A negative time counts as 0. */
  public void record(long elapsedNanos) {
    nanos.recordValue(Math.max(0, elapsedNanos));
  }

  /** How many there are. */
  public int count() {
    return (int) nanos.getTotalCount();
  }

  /**
   * Such as the median, for 50.
   *
   * @return in ms; null when there are no samples
   */
  public @Nullable Double percentileMs(double percentile) {
    return count() == 0 ? null : nanos.getValueAtPercentile(percentile) / NANOS_PER_MS;
  }

  /**
   * The longest.
   *
   * @return in ms; null when there are no samples
   */
  public @Nullable Double maxMs() {
    return percentileMs(100);
  }
}
