package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.examples.benchmarks.FiguresJson;
import dev.entitlements.local.LocalMomentoException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The part {@code faults}. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = {
      "What a fault costs: the plain pattern on Momento's official SDK and the watcher of this"
          + " library, on one local server, under the same fault at the same moment."
    })
public final class FaultsCommand implements Callable<Integer> {
  private static final int FULL_REPETITIONS = 10;
  private static final int FULL_AT_A_TIME = 3;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--quick", description = "One repetition each, all faults at a time.")
  private boolean quick;

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

  @Option(
      names = "--json",
      paramLabel = "FILE",
      defaultValue = "${sys:benchmarks.json:-target/benchmarks.json}",
      description = "Where the figures go. Default: ${DEFAULT-VALUE}")
  private Path json = Path.of("target/benchmarks.json");

  /** Made by the command line. */
  public FaultsCommand() {}

  @Override
  public Integer call() {
    try {
      run(System.out);
      return 0;
    } catch (BenchmarkFailed | LocalMomentoException | IOException e) {
      System.err.println("faults: FAILED: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private void run(PrintStream out) throws IOException, InterruptedException {
    List<FaultKind> kinds = kinds();
    int times = times();
    out.printf(
        "faults: %d kinds, %d repetition(s) each, %d s for each player to recover%n",
        kinds.size(), times, Trial.LIMIT.toSeconds());
    AtomicInteger done = new AtomicInteger();
    Trials trials =
        new Trials(
            times,
            quick ? kinds.size() : FULL_AT_A_TIME,
            outcome -> progress(out, outcome, done.incrementAndGet(), kinds.size()));
    long begun = System.nanoTime();
    List<Outcome> outcomes = trials.run(kinds);
    out.println();
    Table table = new Table(out);
    table.print(outcomes);
    table.explain(times);
    FiguresJson.write(json, outcomes.stream().flatMap(o -> o.figures().stream()).toList());
    out.printf(
        Locale.ROOT,
        "%nfaults: OK, in %.0f s; figures in %s%n",
        (System.nanoTime() - begun) / 1e9,
        json);
  }

  private static void progress(PrintStream out, Outcome outcome, int done, int of) {
    Recoveries plain = outcome.plain();
    out.printf(
        "%2d/%d %s: lost by plain %s, by ours %s%n",
        done,
        of,
        outcome.kind().title(),
        plain == null ? "n/a" : Table.lost(plain),
        Table.lost(outcome.ours()));
  }

  private int times() {
    if (repetitions == null) {
      return quick ? 1 : FULL_REPETITIONS;
    }
    if (repetitions < 1 || repetitions > 50) {
      throw wrong("--repetitions is " + repetitions + ": it must be from 1 to 50");
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
                wrong(
                    "--fault is "
                        + option
                        + ": it must be one of "
                        + Arrays.stream(FaultKind.values())
                            .map(FaultKind::option)
                            .collect(Collectors.joining(", "))));
  }

  private ParameterException wrong(String message) {
    if (spec == null) {
      throw new IllegalArgumentException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
