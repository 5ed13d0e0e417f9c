package dev.entitlements.examples.benchmarks.propagation;

import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.plot.Bar;
import dev.entitlements.examples.benchmarks.plot.BarPlot;
import java.util.List;
import java.util.stream.Stream;

/** The figures of all peers, ours first. */
final class PropagationPlot {
  private static final double LEAST_MS = 0.1;

  private PropagationPlot() {}

  static BarPlot of(List<Result> results) {
    return new BarPlot(
        "propagation",
        "From the call of publish to the player's listener",
        "ms",
        results.stream()
            .map(Result::figure)
            .flatMap(PropagationPlot::bars)
            // Ours stands beside each peer.
            .distinct()
            .toList(),
        LEAST_MS,
        LEAST_MS);
  }

  private static Stream<Bar> bars(Figure figure) {
    Bar ours = new Bar(figure.name(), "ours", figure.ours());
    return figure.peer() == null
        ? Stream.of(ours)
        : Stream.of(ours, new Bar(figure.name(), figure.peerName(), figure.peer()));
  }
}
