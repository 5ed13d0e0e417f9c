package dev.entitlements.examples.benchmarks.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Positive figures side by side: bars on a logarithmic scale, so that what differs by much can be
 * seen in one picture, each with its figure.
 *
 * @param name of the file, without {@code .svg}
 * @param title above it
 * @param axis what the figures are, and their unit
 * @param bars rows and series are in the order in which they come first
 * @param least where the scale begins; a figure below it has a bar of no length
 * @param never how far a bar goes whose figure was never reached
 */
public record BarPlot(
    String name, String title, String axis, List<Bar> bars, double least, double never) {

  /** Copies the list. */
  public BarPlot {
    bars = List.copyOf(bars);
  }

  /**
   * Writes it as SVG.
   *
   * @param folder is made if it is missing
   * @return the file, which is replaced if it exists
   * @throws IOException when it cannot be written
   */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name + ".svg");
    Files.write(file, Svg.of(new BarChart(this)));
    return file;
  }

  /** What was measured. */
  List<String> rows() {
    return bars.stream().map(Bar::row).distinct().toList();
  }

  /** Whose figures there are. */
  List<String> series() {
    return bars.stream().map(Bar::series).distinct().toList();
  }

  /** By the place of its series and its row. */
  Optional<Bar> bar(int series, int row) {
    return bars.stream()
        .filter(bar -> bar.series().equals(series().get(series)))
        .filter(bar -> bar.row().equals(rows().get(row)))
        .findFirst();
  }

  /** Where the bar ends. */
  double end(Bar bar) {
    return bar.value() == null ? never : Math.max(bar.value(), least);
  }

  /** Where the longest bar ends. */
  double longest() {
    return bars.stream().mapToDouble(this::end).max().orElse(least);
  }

  /** How many letters the longest label has. */
  int longestLabel() {
    return bars.stream().mapToInt(bar -> bar.label().length()).max().orElse(0);
  }
}
