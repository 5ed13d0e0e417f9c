package dev.entitlements.examples.benchmarks;

import dev.entitlements.examples.benchmarks.plot.BarPlot;
import java.io.PrintStream;
import java.util.List;

/** A report, and pictures of it. */
record PlottedReport(Report report, List<BarPlot> plots) implements Report {

  PlottedReport {
    plots = List.copyOf(plots);
  }

  @Override
  public List<Result> results() {
    return report.results();
  }

  @Override
  public void print(PrintStream out) {
    report.print(out);
  }
}
