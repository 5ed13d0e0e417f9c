package dev.entitlements.client.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each fault was injected, and how long it took until everybody was right again. */
final class Recoveries {
  private final Map<String, List<Long>> millisByFault = new TreeMap<>();
  private final List<String> never = new ArrayList<>();
  private int injected;

  synchronized void add(String fault, Duration recovery) {
    injected++;
    millisByFault.computeIfAbsent(fault, f -> new ArrayList<>()).add(recovery.toMillis());
  }

  synchronized void never(String fault) {
    injected++;
    never.add(fault);
  }

  synchronized int injected() {
    return injected;
  }

  synchronized List<String> never() {
    return List.copyOf(never);
  }

  synchronized String table() {
    StringBuilder table =
        new StringBuilder(
            String.format(
                "  %-48s %5s %7s %7s %7s%n",
                "fault (recovery in ms)", "times", "p50", "p99", "max"));
    millisByFault.forEach((fault, millis) -> table.append(row(fault, millis)));
    List<Long> all = millisByFault.values().stream().flatMap(List::stream).toList();
    return table.append(row("all", all)).toString();
  }

  private static String row(String fault, List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return String.format(
        "  %-48s %5d %7d %7d %7d%n",
        fault, sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static long at(List<Long> sorted, double part) {
    return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }
}
