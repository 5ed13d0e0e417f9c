package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.plot.BarPlot;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** The table of faults, which has a row for each and not for each figure. */
record FaultsReport(List<Outcome> outcomes, int repetitions, Duration limit) implements Report {

  @Override
  public List<Result> results() {
    return outcomes.stream().flatMap(outcome -> outcome.results().stream()).toList();
  }

  @Override
  public List<BarPlot> plots() {
    return List.of(
        new BarPlot(
            "recovery",
            "Recovery from faults",
            "ms from the end of the fault to the last state, p50 of "
                + repetitions
                + "; never: not in "
                + limit.toSeconds()
                + " s",
            outcomes.stream().flatMap(outcome -> outcome.bars().stream()).toList(),
            1,
            limit.toMillis()));
  }

  @Override
  public void print(PrintStream out) {
    Table table = new Table(out);
    table.print(outcomes);
    table.explain(repetitions, limit);
  }
}
