package dev.entitlements.local.internal.cli;

import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.Quotas;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves until the process is told to stop. */
@Command(
    name = "local-momento",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    showDefaultValues = true,
    description = {
      "Serves Momento Cache and Topics from memory, on one port: gRPC, gRPC-Web and the HTTP API.",
      "Unencrypted, and gone when it stops: for laptops and CI."
    },
    footer = {
      "",
      "Examples:",
      "  local-momento",
      "  local-momento --port 0 --cache entitlements --cache sessions",
      "  local-momento --api-key my-key --heartbeat 1s --cloud-quotas",
      "",
      "Faults are set with POST /admin/faults and the API key, for instance:",
      "  curl -H 'Authorization: dev-key' http://127.0.0.1:18080/admin/faults \\",
      "    -d '{\"fault\":\"refuse\",\"rpcs\":[\"GET\"],\"status\":\"UNAVAILABLE\"}'",
      "",
      "Once it serves it prints a line with the address, then MOMENTO_API_KEY and",
      "MOMENTO_ENDPOINT for your shell. Exit codes: 0 stopped, 1 cannot serve, 2 wrong arguments."
    })
public final class ServeCommand implements Callable<Integer> {
  // Set by picocli, once, before call().
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on.")
  private String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "PORT", description = "Port; 0 for any free one.")
  private int port = 18080;

  @Option(names = "--api-key", paramLabel = "KEY", description = "The key clients must show.")
  private String apiKey = "dev-key";

  @Option(
      names = "--cache",
      paramLabel = "NAME",
      description = "A cache to create; may be repeated.",
      defaultValue = "entitlements")
  private List<String> caches = List.of();

  @Option(
      names = "--heartbeat",
      paramLabel = "TIME",
      converter = DurationOption.class,
      description = "Between heartbeats on a quiet subscription, such as 500ms or 5s.",
      defaultValue = "5s")
  private Duration heartbeat = Duration.ofSeconds(5);

  @Option(
      names = "--cloud-quotas",
      description = "Hold clients to the soft limits of a new account in the cloud.")
  private boolean cloudQuotas;

  private ServeCommand() {}

  /** Runs the command line; returns its exit code. */
  public static int run(String... args) {
    QuietLogging.install();
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new ServeCommand())
        .setExecutionExceptionHandler(
            (thrown, line, parsed) -> {
              line.getErr().println(thrown.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    LocalMomento momento = configured().start();
    CountDownLatch stopped = new CountDownLatch(1);
    Thread closing =
        new Thread(
            () -> {
              momento.close();
              stopped.countDown();
            },
            "local-momento-shutdown");
    Runtime.getRuntime().addShutdownHook(closing);
    announce(momento);
    stopped.await();
    return CommandLine.ExitCode.OK;
  }

  private LocalMomento.Builder configured() {
    try {
      return LocalMomento.builder()
          .host(host)
          .port(port)
          .apiKey(apiKey)
          .cache(caches.toArray(String[]::new))
          .heartbeatInterval(heartbeat)
          .quotas(cloudQuotas ? Quotas.cloudDefaults() : Quotas.unlimited());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private void announce(LocalMomento momento) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("LocalMomento ready on " + momento.host() + ":" + momento.port());
    out.println("export MOMENTO_API_KEY=" + momento.authToken());
    out.println("export MOMENTO_ENDPOINT=" + momento.endpoint());
    out.flush();
  }
}
