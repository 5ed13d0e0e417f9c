package dev.entitlements.examples.benchmarks.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entitlements.examples.benchmarks.OnePart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis takes part where it is installed. */
@Tag("P1")
@Timeout(180)
class PropagationPartTest {
  private static final double ROUND_TRIP_MS = 40;

  @TempDir private Path folder;

  @Test
  void everyPeerStandsBesideOursOnBothNetworksAndNobodyBeatsTheRoundTrips() throws IOException {
    List<JsonNode> figures = OnePart.quick(folder, "propagation");

    Set<String> cases =
        figures.stream().map(figure -> figure.path("case").asText()).collect(Collectors.toSet());
    assertThat(cases)
        .containsExactlyInAnyOrder(
            "loopback, 600 B: p50",
            "loopback, 600 B: p99",
            "loopback, 20 KB: p50",
            "loopback, 20 KB: p99",
            "40 ms round trip, 600 B: p50",
            "40 ms round trip, 600 B: p99",
            "40 ms round trip, 20 KB: p50",
            "40 ms round trip, 20 KB: p99");
    assertThat(figures)
        .hasSize(cases.size() * 3)
        .filteredOn(figure -> figure.path("case").asText().startsWith("40 ms"))
        .allSatisfy(
            figure -> {
              // The set, and the publish there and the push back.
              assertThat(figure.path("ours").doubleValue()).isGreaterThan(2 * ROUND_TRIP_MS);
              if (figure.path("peerName").asText().equals("plain")) {
                assertThat(figure.path("peer").doubleValue()).isGreaterThan(3 * ROUND_TRIP_MS);
              }
            });
    assertThat(folder.resolve("propagation.svg"))
        .content()
        .contains("<svg", ">ours<", ">plain<", ">floor<", ">40 ms round trip, 20 KB: p99<");
  }
}
