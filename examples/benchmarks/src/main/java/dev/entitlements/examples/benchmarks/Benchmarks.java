package dev.entitlements.examples.benchmarks;

import dev.entitlements.examples.benchmarks.faults.FaultsCommand;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures this library beside what one would write without it. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    version = "entitlements 0.1.0-SNAPSHOT",
    description = "Measures this library beside what one would write without it.",
    synopsisSubcommandLabel = "PART",
    subcommands = FaultsCommand.class)
public final class Benchmarks {
  /** Held here, because a logger that nobody holds forgets its level. */
  private static final Logger SHADED_GRPC = Logger.getLogger("io.grpc.netty.shaded");

  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Benchmarks() {}

  /**
   * Runs one part.
   *
   * @param args the part and its options; {@code --help} tells them
   */
  public static void main(String[] args) {
    int status = run(args);
    // The SDK's clients leave threads behind that are no daemons, and try to reconnect for ever.
    System.exit(status);
  }

  /**
   * Runs one part, in this process, and leaves it running.
   *
   * @param args the part and its options
   * @return 0 when all was measured, 1 when something failed, 2 when the arguments are wrong
   */
  public static int run(String... args) {
    GRPC.setLevel(Level.OFF);
    SHADED_GRPC.setLevel(Level.OFF);
    return new CommandLine(new Benchmarks()).execute(args);
  }
}
