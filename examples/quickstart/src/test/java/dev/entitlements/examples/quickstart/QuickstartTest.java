package dev.entitlements.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.local.LocalMomento;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickstartTest {
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  @Test
  @Tag("P1")
  void theWholeFlowHoldsOnTheEmbeddedServer() {
    assertThat(Quickstart.run(Map.of())).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("embedded", "LIVE again", "PERMISSION_DENIED", "speed")
        .endsWith("quickstart: OK" + System.lineSeparator());
  }

  @Test
  @Tag("P1")
  void theSameCodeRunsAgainstTheMomentoThatTheEnvironmentNames() {
    try (LocalMomento elsewhere = LocalMomento.start()) {
      Map<String, String> environment =
          Map.of(
              "MOMENTO_API_KEY",
              elsewhere.authToken(),
              "MOMENTO_ENDPOINT",
              elsewhere.endpoint().toString());

      assertThat(Quickstart.run(environment)).isZero();

      assertThat(out.toString(StandardCharsets.UTF_8))
          .doesNotContain("embedded, on")
          .endsWith("quickstart: OK" + System.lineSeparator());
    }
  }

  @Test
  @Tag("P1")
  void aPlansFileOfTheUsersOwnIsUsed() throws IOException {
    Path plans =
        Files.writeString(
            folder.resolve("mine.json"),
            """
            {"plans": {"basic": {"entitlements": [{"id": "news"}]},
                       "all": {"validForDays": 7, "entitlements": [{"id": "news"}, {"id": "films"}]}}}
            """);

    assertThat(Quickstart.run(Map.of(), "--plans", plans.toString())).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("selling [basic, all]", "[news, films]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"plans\": {\"only\": {\"entitlements\": []}}}",
        "{\"plans\": {\"a\": {\"entitlements\": [{\"id\": \" \"}]}, \"b\": {\"entitlements\": []}}}",
        "{\"plans\": {\"a\": {}, \"b\": {}}}",
        "{\"plans\": {\"a\": null, \"b\": null}}",
        "null",
        "{\"plans\": {\"a\": {\"entitlements\": [null]}, \"b\": {\"entitlements\": []}}}",
        "{\"plans\": {\"a\": {\"entitlements\": [{}]}, \"b\": {\"entitlements\": []}}}",
        "{\"plans\": {\"a\": {\"entitlements\": [{\"id\": \"x\", \"limits\": {\"y\": null}}]}, \"b\": {\"entitlements\": []}}}",
        "{\"plans\": {\"a\": {\"entitlements\": []}, \"b\": {\"validForDays\": 0, \"entitlements\": []}}}"
      })
  @Tag("P5")
  void aPlansFileThatIsNoneIsRefusedWithItsNameAndTheReason(String json) throws IOException {
    Path plans = Files.writeString(folder.resolve("bad.json"), json);

    assertThat(Quickstart.run(Map.of(), "--plans", plans.toString())).isEqualTo(1);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("quickstart: FAILED: " + plans)
        .doesNotContain("Exception", "because", "\tat ");
  }

  @Test
  @Tag("P5")
  void whatIsMissingOrUnknownIsSaid() {
    assertThat(Quickstart.run(Map.of(), "--plans", "no-such-file.json")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no-such-file.json");
    assertThat(Quickstart.run(Map.of(), "--no-such-option")).isEqualTo(2);
    assertThat(Quickstart.run(Map.of("MOMENTO_API_KEY", "bare-key"))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("MOMENTO_ENDPOINT");
  }
}
