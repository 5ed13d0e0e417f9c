package dev.entitlements.examples.benchmarks;

import dev.entitlements.examples.benchmarks.decide.DecidePart;
import dev.entitlements.examples.benchmarks.faults.FaultsPart;
import dev.entitlements.examples.benchmarks.footprint.FootprintPart;
import dev.entitlements.examples.benchmarks.operations.OperationsPart;
import dev.entitlements.examples.benchmarks.propagation.PropagationPart;
import dev.entitlements.examples.benchmarks.publish.PublishPart;
import dev.entitlements.examples.benchmarks.scale.ScalePart;
import dev.entitlements.examples.benchmarks.startup.StartupPart;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** Measures this library beside what one would write without it. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    version = "entitlements 0.1.0-SNAPSHOT",
    description = "Measures this library beside what one would write without it.",
    synopsisSubcommandLabel = "(all | PART)")
public final class Benchmarks {
  /** Held here, because a logger that nobody holds forgets its level. */
  private static final Logger SHADED_GRPC = Logger.getLogger("io.grpc.netty.shaded");

  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Benchmarks() {}

  /** All parts, new, in the order in which they are run. */
  static List<Part> parts() {
    return List.of(
        new PropagationPart(),
        new StartupPart(),
        new FaultsPart(),
        // Before the other one that fills the cache of the server that they share.
        new ScalePart(),
        new PublishPart(),
        new FootprintPart(),
        new DecidePart(),
        new OperationsPart());
  }

  /**
   * Runs one part, or all.
   *
   * @param args the part and its options; {@code --help} tells them
   */
  public static void main(String[] args) {
    int status = run(args);
    // The SDK's clients leave threads behind that are no daemons, and try to reconnect for ever.
    System.exit(status);
  }

  /**
   * Runs one part, or all, in this process, and leaves it running.
   *
   * @param args the part and its options
   * @return 0 when all was measured, 1 when something failed, 2 when the arguments are wrong
   */
  public static int run(String... args) {
    GRPC.setLevel(Level.OFF);
    SHADED_GRPC.setLevel(Level.OFF);
    List<Part> parts = parts();
    CommandLine commands = new CommandLine(new Benchmarks());
    CommandSpec all = CommandSpec.forAnnotatedObject(new RunCommand(parts));
    all.usageMessage().description("Runs all parts, in the order in which they are listed here.");
    commands.addSubcommand("all", all);
    parts.forEach(part -> commands.addSubcommand(part.name(), command(part)));
    return commands.execute(args);
  }

  private static CommandSpec command(Part part) {
    CommandSpec command = CommandSpec.forAnnotatedObject(new RunCommand(List.of(part)));
    command.usageMessage().description(part.description());
    return command.addMixin(part.name(), CommandSpec.forAnnotatedObjectLenient(part));
  }
}
