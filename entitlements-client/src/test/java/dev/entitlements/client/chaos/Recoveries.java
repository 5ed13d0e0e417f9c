package dev.entitlements.client.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** How often each fault was injected, and how long each watcher that it hit took to be right. */
final class Recoveries {
  private final Map<String, Row> rows = new TreeMap<>();
  private final List<String> never = new ArrayList<>();

  synchronized void add(String fault, Map<Watched, Duration> took) {
    Row row = rows.computeIfAbsent(fault, f -> new Row());
    row.times++;
    took.forEach(
        (watched, duration) -> {
          if (duration.equals(Fleet.NEVER)) {
            never.add(fault + ": " + watched);
          } else {
            row.millis.add(duration.toMillis());
          }
        });
  }

  synchronized int injected() {
    return rows.values().stream().mapToInt(row -> row.times).sum();
  }

  synchronized List<String> never() {
    return List.copyOf(never);
  }

  /** One line for each kind of fault, and one for all. */
  synchronized String table() {
    StringBuilder table =
        new StringBuilder(
            String.format(
                "  %-32s %6s %9s %7s %7s %7s%n",
                "fault (recovery in ms)", "times", "watchers", "p50", "p99", "max"));
    rows.forEach((fault, row) -> table.append(row.line(fault)));
    return table.append(sum(f -> true).line("all")).toString();
  }

  /** One line for some kinds together. */
  synchronized String line(String name, Collection<Fault> faults) {
    List<String> names = faults.stream().map(Fault::name).toList();
    return sum(names::contains).line(name).stripTrailing();
  }

  private Row sum(Predicate<String> faults) {
    Row sum = new Row();
    rows.forEach(
        (fault, row) -> {
          if (faults.test(fault)) {
            sum.times += row.times;
            sum.millis.addAll(row.millis);
          }
        });
    return sum;
  }

  private static final class Row {
    int times;
    final List<Long> millis = new ArrayList<>();

    String line(String name) {
      List<Long> sorted = millis.stream().sorted().toList();
      return String.format(
          "  %-32s %6d %9d %7d %7d %7d%n",
          name, times, sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static long at(List<Long> sorted, double part) {
      return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
  }
}
