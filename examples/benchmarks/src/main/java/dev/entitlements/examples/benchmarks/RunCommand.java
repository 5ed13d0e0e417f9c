package dev.entitlements.examples.benchmarks;

import dev.entitlements.examples.benchmarks.plot.BarPlot;
import dev.entitlements.examples.benchmarks.world.SharedServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs parts in their order, prints what they measured, and writes it once at the end. */
@Command(mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private final List<Part> parts;
  private final PrintStream out = System.out;

  @Option(
      names = "--quick",
      description = "Fewer samples of the same measurements: all parts in about a minute.")
  private boolean quick;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      defaultValue = "${sys:benchmarks.json:-target/benchmarks.json}",
      description = "Where the figures of this run go, and no others. Default: ${DEFAULT-VALUE}")
  private Path json = Path.of("target/benchmarks.json");

  RunCommand(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public Integer call() throws IOException {
    out.println(Machine.present(Clock.systemUTC()));
    try (SharedServer server = new SharedServer()) {
      return call(new Run(quick, out, server, new Noise()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private int call(Run run) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    List<Result> results = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (i == 1) {
        // Not beside the first part, which starts a server, too, both with code to be compiled.
        run.server().begin();
      }
      Part part = parts.get(i);
      run.sampleNoise();
      try {
        results.addAll(run(part, run));
      } catch (WrongOption e) {
        System.err.println(e.getMessage());
        return CommandLine.ExitCode.USAGE;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        // One part that fails must not cost the figures of the others.
        System.err.println(part.name() + ": FAILED: " + withCauses(e));
        failed.add(part.name());
      }
    }
    run.sampleNoise();
    FiguresJson.write(json, results.stream().map(Result::figure).toList());
    conclude(results, verdict(run), secondsSince(begun));
    if (!failed.isEmpty()) {
      System.err.println("FAILED: " + String.join(", ", failed));
    }
    return failed.isEmpty() ? 0 : 1;
  }

  private static String withCauses(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
        .map(Throwable::toString)
        .collect(Collectors.joining("; caused by: "));
  }

  private List<Result> run(Part part, Run run) throws Exception {
    out.printf("%n== %s%n", part.name());
    long begun = System.nanoTime();
    Report report = part.run(run);
    report.print(out);
    report.plots().forEach(this::draw);
    out.printf(Locale.ROOT, "%s: OK, in %.0f s%n", part.name(), secondsSince(begun));
    return report.results();
  }

  /** Where there are no fonts there is no picture, and the figures are none the worse for it. */
  private void draw(BarPlot plot) {
    Path folder = Objects.requireNonNullElse(json.toAbsolutePath().getParent(), Path.of("/"));
    try {
      out.println("  picture: " + plot.write(folder));
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      System.err.println(plot.name() + ".svg could not be drawn: " + e);
    }
  }

  private static String verdict(Run run) {
    return run.quick()
        ? "A QUICK RUN IS NOT TO BE JUDGED BY: few samples, of code that is still being compiled."
        : run.noise().verdict();
  }

  private void conclude(List<Result> results, String verdict, double seconds) {
    out.println();
    List<Result> judged = results.stream().filter(r -> r.target() != null).toList();
    List<Result> missed = judged.stream().filter(r -> !r.isReached().orElse(true)).toList();
    out.printf("%d of %d targets missed%n", missed.size(), judged.size());
    for (Result result : missed) {
      Figure figure = result.figure();
      out.printf(
          "  %s, %s: %s, is %s%n",
          figure.part(),
          figure.name(),
          result.wanted(),
          TableReport.number(
              result.target() != null && result.target().ofPeer()
                  ? figure.ratio()
                  : figure.ours()));
    }
    out.println(verdict);
    out.printf(Locale.ROOT, "%.0f s in all; %d figures in %s%n", seconds, results.size(), json);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
