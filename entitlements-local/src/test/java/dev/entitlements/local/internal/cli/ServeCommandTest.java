package dev.entitlements.local.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.local.LocalMomento;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag("P10")
class ServeCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpTellsOptionsDefaultsAndExamples() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("--port", "18080", "--api-key", "dev-key", "--cache", "entitlements")
        .contains("--host", "127.0.0.1", "--heartbeat", "5s", "--cloud-quotas", "Examples:");
  }

  @Test
  void versionIsTheBuilds() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("local-momento \\d+\\.\\d+\\.\\d+\\S*\\s*");
  }

  @ParameterizedTest
  @CsvSource({
    "--port x, 'x'",
    "--port 70000, 70000",
    "--nonsense, --nonsense",
    "--cache a/b, a/b",
    "--heartbeat 5, 5s",
    "--heartbeat 0s, at least 1 ms",
    "--api-key ä, API key",
    "stray, stray"
  })
  void wrongArgumentsAreSaidAndEndWithTwo(String args, String said) {
    assertThat(run(args.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(said).contains("Usage:").doesNotContain("\tat ");
  }

  @Test
  void aTakenPortIsSaidAndEndsWithOne() {
    try (LocalMomento first = LocalMomento.start()) {
      assertThat(run("--port", "" + first.port())).isEqualTo(1);
      assertThat(err.toString()).contains("in use").doesNotContain("\tat ");
    }
  }

  private int run(String... args) {
    CommandLine line = ServeCommand.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
