package dev.entitlements.examples.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entitlements.examples.benchmarks.Benchmarks;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FaultsTest {
  @TempDir private Path folder;

  @Test
  @Tag("P1")
  void aStreamThatEndsNormallyCostsThePlainPatternTheLastStateAndTheWatcherNothing()
      throws IOException {
    Path json = folder.resolve("figures/benchmarks.json");

    int status = run("faults", "--quick", "--fault", "normal-end", "--json", json.toString());

    assertThat(status).isZero();
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures).hasSize(2);
    assertThat(figures)
        .allSatisfy(
            figure -> {
              assertThat(figure.fieldNames())
                  .toIterable()
                  .containsExactly(
                      "part", "case", "unit", "ours", "peer", "peerName", "ratio", "samples");
              assertThat(figure.path("part").asText()).isEqualTo("faults");
              assertThat(figure.path("peerName").asText()).isEqualTo("plain");
              assertThat(figure.path("samples").asInt()).isEqualTo(1);
            });
    JsonNode lost = figures.get(0);
    assertThat(lost.path("case").asText()).isEqualTo("stream ended normally: lost");
    assertThat(lost.path("ours").doubleValue()).isZero();
    assertThat(lost.path("peer").doubleValue()).isEqualTo(1);
    assertThat(lost.path("ratio").doubleValue()).isZero();
    JsonNode recovery = figures.get(1);
    assertThat(recovery.path("case").asText()).isEqualTo("stream ended normally: recovery");
    assertThat(recovery.path("unit").asText()).isEqualTo("ms");
    assertThat(recovery.path("ours").doubleValue()).isBetween(0.0, 15_000.0);
    assertThat(recovery.path("peer").isNull()).isTrue();
    assertThat(recovery.path("ratio").isNull()).isTrue();
    assertThat(folder.resolve("figures/recovery.svg"))
        .content()
        .contains(">stream ended normally<", ">ours<", ">plain<", ">never<");
  }

  @Test
  @Tag("P5")
  void whatIsWrongInTheArgumentsIsSaid() {
    assertThat(run("faults", "--fault", "no-such-fault")).isEqualTo(2);
    assertThat(run("faults", "--repetitions", "0")).isEqualTo(2);
    assertThat(run("faults", "--help")).isZero();
  }

  private static int run(String... args) {
    return Benchmarks.run(args);
  }
}
