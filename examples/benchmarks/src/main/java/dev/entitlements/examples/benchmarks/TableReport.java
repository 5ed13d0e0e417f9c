package dev.entitlements.examples.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results as a table, which is Markdown, too. */
record TableReport(List<Result> results, List<String> notes) implements Report {
  private static final List<String> HEADER =
      List.of("case", "unit", "ours", "peer", "", "ratio", "to reach", "reached", "samples");
  private static final int TEXT_COLUMNS = 2;

  TableReport {
    results = List.copyOf(results);
    notes = List.copyOf(notes);
  }

  @Override
  public void print(PrintStream out) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    results.forEach(result -> rows.add(cells(result)));
    int[] widths = widths(rows);
    for (int i = 0; i < rows.size(); i++) {
      out.println(line(rows.get(i), widths));
      if (i == 0) {
        out.println(rule(widths));
      }
    }
    notes.forEach(note -> out.println("  " + note));
  }

  private static List<String> cells(Result result) {
    Figure figure = result.figure();
    return List.of(
        figure.name(),
        figure.unit(),
        number(figure.ours()),
        result.noPeer().isEmpty() ? number(figure.peer()) : result.noPeer(),
        figure.peerName(),
        figure.ratio() == null ? "" : String.format(Locale.ROOT, "%.3f", figure.ratio()),
        result.wanted(),
        result.target() == null ? "" : result.isReached().map(is -> is ? "yes" : "NO").orElse("?"),
        Integer.toString(figure.samples()));
  }

  /** Three significant digits, and none of the digits before the point is lost. */
  static String number(@Nullable Double value) {
    if (value == null) {
      return "n/a";
    }
    double size = Math.abs(value);
    if (size >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - cells.get(i).length());
      line.append(' ')
          .append(i < TEXT_COLUMNS ? cells.get(i) + space : space + cells.get(i))
          .append(" |");
    }
    return line.toString();
  }

  private static String rule(int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      line.append("-".repeat(widths[i] + 1)).append(i < TEXT_COLUMNS ? "-|" : ":|");
    }
    return line.toString();
  }
}
