package dev.entitlements.examples.benchmarks.faults;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How the repetitions of one fault ended for one kind of player. */
final class Recoveries {
  private static final double MICROS_PER_MS = 1_000;

  private final Histogram micros = new Histogram(3);
  private int lost;

  void lost() {
    lost++;
  }

  void recovered(long nanos) {
    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos)));
  }

  /** In how many repetitions it never held the last state. */
  int lostStates() {
    return lost;
  }

  int repetitions() {
    return lost + (int) micros.getTotalCount();
  }

  /** In ms, over the repetitions in which it recovered; null if there was none. */
  @Nullable Double median() {
    return micros.getTotalCount() == 0 ? null : micros.getValueAtPercentile(50) / MICROS_PER_MS;
  }

  /** As {@link #median}. */
  @Nullable Double max() {
    return micros.getTotalCount() == 0 ? null : micros.getMaxValue() / MICROS_PER_MS;
  }
}
