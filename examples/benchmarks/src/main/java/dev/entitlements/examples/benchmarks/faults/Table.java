package dev.entitlements.examples.benchmarks.faults;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Outcomes for people to read; it is Markdown, too. */
final class Table {
  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
  }

  void print(List<Outcome> outcomes) {
    row("", "lost", "lost", "recovery, ms", "recovery, ms");
    row("fault", "plain", "ours", "plain: p50 / max", "ours: p50 / max");
    String line = "-".repeat(33) + "|";
    out.println(
        "|-"
            + line.replace("|", "-|")
            + "-".repeat(10)
            + ":|"
            + "-".repeat(10)
            + ":|"
            + "-".repeat(19)
            + ":|"
            + "-".repeat(19)
            + ":|");
    for (Outcome outcome : outcomes) {
      Recoveries plain = outcome.plain();
      row(
          outcome.kind().title(),
          lost(plain),
          lost(outcome.ours()),
          recovery(plain),
          recovery(outcome.ours()));
    }
  }

  void explain(int repetitions, Duration limit) {
    out.printf(
        """

        plain     the pattern on Momento's official SDK 1.21.0: subscribe; on each message get the item
        ours      EntitlementWatcher with its defaults, but for the row that says otherwise
        lost      in how many of %d repetitions the player never held the last published state, %d s
                  being the limit. A state was published every 100 ms before the fault and while it lasted,
                  the last one as soon as it was over (a "last" that is lost or stale: under the fault),
                  and none after that
        recovery  from the end of the fault until the player held the last published state, over the
                  repetitions in which it did; it includes publishing that state. 0: it held it before
        never     not within the limit. That the last message is missing nothing shows; the watcher finds
                  it by reading the item every 5 min (reconcileInterval) although nothing calls for it
        """,
        repetitions, limit.toSeconds());
  }

  private void row(String... cells) {
    out.printf("| %-33s | %9s | %9s | %18s | %18s |%n", (Object[]) cells);
  }

  static String lost(Recoveries recoveries) {
    return recoveries.lostStates() + " of " + recoveries.repetitions();
  }

  static String recovery(Recoveries recoveries) {
    return ms(recoveries.median()) + " / " + ms(recoveries.max());
  }

  private static String ms(@Nullable Double ms) {
    return ms == null ? "never" : String.format(Locale.ROOT, "%,.0f", ms);
  }
}
