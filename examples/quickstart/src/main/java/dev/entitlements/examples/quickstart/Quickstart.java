package dev.entitlements.examples.quickstart;

import dev.entitlements.EntitlementsException;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.server.MomentoCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import momento.sdk.auth.CredentialProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows the whole flow at work, on an embedded server or, if the environment names one, on a
 * Momento elsewhere.
 */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    version = "entitlements 0.1.0-SNAPSHOT",
    description = {
      "A viewer goes from free to premium on two players, in milliseconds.",
      "With MOMENTO_API_KEY (and MOMENTO_ENDPOINT) set it runs against that Momento,"
          + " else against one embedded in this process."
    },
    footerHeading =
        "%nA plans file names two plans at least, the first being what everybody has:%n",
    footer = {
      "  {\"plans\": {",
      "    \"free\": {\"entitlements\": [{\"id\": \"news\"}]},",
      "    \"all\": {\"validForDays\": 30,",
      "            \"entitlements\": [{\"id\": \"news\"}, {\"id\": \"films\", \"limits\": {\"streams\": 2}}]}}}"
    })
public final class Quickstart implements Callable<Integer> {
  private final Map<String, String> environment;

  @Option(names = "--plans", paramLabel = "FILE", description = "A plans file of your own (JSON).")
  private @Nullable Path plans;

  @Option(
      names = "--cache",
      paramLabel = "NAME",
      defaultValue = "entitlements",
      description = "Default: ${DEFAULT-VALUE}")
  private String cache = "entitlements";

  Quickstart(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Runs the story.
   *
   * @param args {@code --plans FILE}, {@code --cache NAME}, {@code --help}
   */
  public static void main(String[] args) {
    int status = run(System.getenv(), args);
    if (status != 0) {
      System.exit(status);
    }
  }

  static int run(Map<String, String> environment, String... args) {
    return new CommandLine(new Quickstart(environment)).execute(args);
  }

  @Override
  public Integer call() {
    try {
      run();
      return 0;
    } catch (StoryFailed | EntitlementsException | IllegalArgumentException | IOException e) {
      System.err.println("quickstart: FAILED: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private void run() throws IOException, InterruptedException {
    PlanCatalog catalog = plans == null ? PlanCatalog.shipped() : PlanCatalog.from(plans);
    if (environment.containsKey(MomentoCredentials.API_KEY_VARIABLE)) {
      run(catalog, MomentoCredentials.fromEnvironment(environment), Optional.empty());
    } else {
      try (LocalMomento momento = LocalMomento.builder().cache(cache).start()) {
        run(catalog, momento.credentials(), Optional.of(momento));
      }
    }
  }

  private void run(
      PlanCatalog catalog, CredentialProvider credentials, Optional<LocalMomento> embedded)
      throws IOException, InterruptedException {
    Timeline timeline = new Timeline(System.out);
    timeline.heading("One viewer, two players, one purchase");
    timeline.line(
        "momento",
        embedded
            .map(m -> "embedded, on " + m.endpoint())
            .orElse("at " + credentials.getCacheEndpoint()));
    try (Backend backend = new Backend(credentials, cache, catalog)) {
      timeline.line("backend", "up on " + backend.uri() + ", selling " + catalog.names());
      BackendClient client = new BackendClient(backend.uri());
      try (Player tv = new Player("tv", Story.viewer(), client);
          Player phone = new Player("phone", Story.viewer(), client)) {
        new Story(timeline, client, List.of(tv, phone), catalog, embedded).tell();
      }
    }
    timeline.last("quickstart: OK");
  }
}
