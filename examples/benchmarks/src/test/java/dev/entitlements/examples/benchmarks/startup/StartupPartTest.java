package dev.entitlements.examples.benchmarks.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entitlements.examples.benchmarks.OnePart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("P4")
@Timeout(120)
class StartupPartTest {
  private static final double ROUND_TRIP_MS = 40;

  @TempDir private Path folder;

  @Test
  void aSnapshotIsThereBeforeAnyoneIsAskedAndNobodyIsLiveBeforeTheRoundTripsThatItTakes()
      throws IOException {
    List<JsonNode> figures = OnePart.quick(folder, "startup");

    assertThat(figures)
        .extracting(figure -> figure.path("case").asText())
        .containsExactly(
            "40 ms round trip, first usable: p50",
            "40 ms round trip, first usable: p90",
            "40 ms round trip, live: p50",
            "40 ms round trip, live: p90");
    JsonNode live = figures.get(2);
    // TLS, the subscription and the read.
    assertThat(live.path("ours").doubleValue()).isGreaterThan(3 * ROUND_TRIP_MS);
    // Likewise, and TLS once more.
    assertThat(live.path("peer").doubleValue()).isGreaterThan(4 * ROUND_TRIP_MS);
    assertThat(figures.get(0).path("ours").doubleValue())
        .isLessThan(live.path("ours").doubleValue());
    assertThat(live.path("samples").intValue()).isEqualTo(4);
  }
}
