package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Target;
import dev.entitlements.examples.benchmarks.plot.Bar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one fault cost. */
record Outcome(FaultKind kind, Recoveries ours, Recoveries plain) {

  List<Result> results() {
    // That the last message is missing nothing shows before the next read.
    @Nullable Target noneLost = kind == FaultKind.LOST_LAST_MESSAGE ? null : Target.atMost(0);
    return List.of(
        new Result(
            figure("lost", "last states", (double) ours.lostStates(), (double) plain.lostStates()),
            noneLost),
        Result.of(figure("recovery", "ms", ours.median(), plain.median())));
  }

  /** The medians, and how many were lost where some were recovered. */
  List<Bar> bars() {
    return List.of(bar("ours", ours), bar("plain", plain));
  }

  private Bar bar(String series, Recoveries recoveries) {
    boolean some = recoveries.lostStates() > 0 && recoveries.median() != null;
    String note = some ? "(" + Table.lost(recoveries) + " lost)" : "";
    return new Bar(kind.title(), series, recoveries.median(), note);
  }

  private Figure figure(
      String column, String unit, @Nullable Double ourFigure, @Nullable Double plainFigure) {
    return new Figure(
        "faults",
        kind.title() + ": " + column,
        unit,
        ourFigure,
        plainFigure,
        "plain",
        ours.repetitions());
  }
}
