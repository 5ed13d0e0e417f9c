package dev.entitlements.examples.benchmarks.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entitlements.examples.benchmarks.OnePart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("P9")
@Timeout(120)
class OperationsPartTest {
  @TempDir private Path folder;

  @Test
  void devicesDoNotReadWhatTheMessageBringsAndEachReadsWhatItCannotBring() throws IOException {
    List<JsonNode> figures = OnePart.quick(folder, "operations");

    assertThat(figures)
        .extracting(
            figure -> figure.path("case").asText(),
            figure -> figure.path("ours").doubleValue(),
            figure -> figure.path("peer").doubleValue())
        .containsExactly(
            // Set and publish, and for each device a delivery; for plain a get, too.
            tuple("600 B, 1 device", 3.0, 4.0),
            tuple("600 B, 2 devices", 4.0, 6.0),
            tuple("600 B, 3 devices", 5.0, 8.0),
            tuple("600 B, 10 devices", 12.0, 22.0),
            // The set and each get are 20 KB.
            tuple("20 KB, 1 device", 42.0, 42.0),
            tuple("20 KB, 2 devices", 63.0, 63.0),
            tuple("20 KB, 3 devices", 84.0, 84.0),
            tuple("20 KB, 10 devices", 231.0, 231.0));
    assertThat(figures)
        .allSatisfy(
            figure -> {
              assertThat(figure.path("unit").asText()).isEqualTo("operations per update");
              assertThat(figure.path("peerName").asText()).isEqualTo("plain");
            });
  }
}
