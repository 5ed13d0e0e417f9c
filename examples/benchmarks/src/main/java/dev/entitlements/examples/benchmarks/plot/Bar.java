package dev.entitlements.examples.benchmarks.plot;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One bar.
 *
 * @param row what was measured
 * @param series whose figure it is; bars of one series have one colour
 * @param value null when it was never reached
 * @param note stands after the figure; may be empty
 */
public record Bar(String row, String series, @Nullable Double value, String note) {

  /** With no note. */
  public Bar(String row, String series, @Nullable Double value) {
    this(row, series, value, "");
  }

  /** What is written at the bar's end. */
  String label() {
    return note.isEmpty() ? figure() : figure() + " " + note;
  }

  private String figure() {
    if (value == null) {
      return "never";
    }
    return String.format(Locale.ROOT, value >= 10 || value == 0 ? "%,.0f" : "%.1f", value);
  }
}
