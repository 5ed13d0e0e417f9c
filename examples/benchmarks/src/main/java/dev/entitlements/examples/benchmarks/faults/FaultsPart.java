package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.examples.benchmarks.Part;
import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.WrongOption;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a fault costs us and the plain pattern. */
public final class FaultsPart implements Part {
  private static final int FULL_REPETITIONS = 10;
  private static final int FULL_AT_A_TIME = 3;
  private static final Duration FULL_LIMIT = Duration.ofSeconds(15);

  /** The SDK's one retry comes after 5 s. */
  private static final Duration QUICK_LIMIT = Duration.ofSeconds(6);

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "How often each fault is tried, side by side. Default: 10; 1 with --quick.")
  private @Nullable Integer repetitions;

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      description = "Only this one; may be given more than once, such as --fault expired-token.")
  private List<String> faults = List.of();

  /** With all kinds of fault. */
  public FaultsPart() {}

  @Override
  public String name() {
    return "faults";
  }

  @Override
  public String description() {
    return "What a fault costs: the plain pattern on Momento's official SDK and the watcher of this"
        + " library, on one local server, under the same fault at the same moment.";
  }

  @Override
  public Report run(Run run) throws IOException, InterruptedException {
    List<FaultKind> kinds = kinds();
    int times = times(run);
    Duration limit = run.quick() ? QUICK_LIMIT : FULL_LIMIT;
    run.out()
        .printf(
            "%d kinds, %d repetition(s) each, %d s for each player to recover%n",
            kinds.size(), times, limit.toSeconds());
    AtomicInteger done = new AtomicInteger();
    Trials trials =
        new Trials(
            times,
            run.either(kinds.size(), FULL_AT_A_TIME),
            limit,
            outcome -> progress(run.out(), outcome, done.incrementAndGet(), kinds.size()));
    List<Outcome> outcomes = trials.run(kinds);
    run.out().println();
    return new FaultsReport(outcomes, times, limit);
  }

  private static void progress(PrintStream out, Outcome outcome, int done, int of) {
    Recoveries plain = outcome.plain();
    out.printf(
        "%2d/%d %s: lost by plain %s, by ours %s%n",
        done, of, outcome.kind().title(), Table.lost(plain), Table.lost(outcome.ours()));
  }

  private int times(Run run) {
    if (repetitions == null) {
      return run.either(1, FULL_REPETITIONS);
    }
    if (repetitions < 1 || repetitions > 50) {
      throw new WrongOption("--repetitions is " + repetitions + ": it must be from 1 to 50");
    }
    return repetitions;
  }

  private List<FaultKind> kinds() {
    if (faults.isEmpty()) {
      return List.of(FaultKind.values());
    }
    return faults.stream().map(this::kind).distinct().toList();
  }

  private FaultKind kind(String option) {
    return Arrays.stream(FaultKind.values())
        .filter(kind -> kind.option().equals(option))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongOption(
                    "--fault is "
                        + option
                        + ": it must be one of "
                        + Arrays.stream(FaultKind.values())
                            .map(FaultKind::option)
                            .collect(Collectors.joining(", "))));
  }
}
