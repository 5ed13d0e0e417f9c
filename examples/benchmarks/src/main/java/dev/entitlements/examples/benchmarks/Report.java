package dev.entitlements.examples.benchmarks;

import dev.entitlements.examples.benchmarks.plot.BarPlot;
import java.io.PrintStream;
import java.util.List;

/** What a part has measured. */
public interface Report {

  /** In the order in which they are printed and written. */
  List<Result> results();

  /** For people to read. */
  void print(PrintStream out);

  /** Pictures of the results, to be written beside them; none, unless a part has some. */
  default List<BarPlot> plots() {
    return List.of();
  }

  /** The same, with this picture. */
  default Report with(BarPlot plot) {
    return new PlottedReport(this, List.of(plot));
  }

  /**
   * A table of the results, and a line for each note below it.
   *
   * @param notes what a reader must know to judge the figures
   */
  static Report of(List<Result> results, String... notes) {
    return new TableReport(results, List.of(notes));
  }
}
