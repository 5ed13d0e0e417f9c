package dev.entitlements.examples.quickstart;

import java.io.PrintStream;
import java.util.Locale;

/** What happened, line by line, with the milliseconds since the beginning. */
final class Timeline {
  private final PrintStream out;
  private final long start = System.nanoTime();

  Timeline(PrintStream out) {
    this.out = out;
  }

  void heading(String text) {
    out.println();
    out.println(text);
  }

  void line(String who, String text) {
    lineAt(System.nanoTime(), who, text);
  }

  /** A line for something that was seen earlier. */
  void lineAt(long nanos, String who, String text) {
    out.println(String.format(Locale.ROOT, "%9.1f ms  %-8s %s", millis(nanos - start), who, text));
  }

  void last(String text) {
    out.println();
    out.println(text);
  }

  static String ms(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", millis(nanos));
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
