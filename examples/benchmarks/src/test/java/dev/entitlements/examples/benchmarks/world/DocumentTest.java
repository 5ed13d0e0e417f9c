package dev.entitlements.examples.benchmarks.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P10")
class DocumentTest {

  @ParameterizedTest
  @ValueSource(ints = {600, 20_000, 100_000})
  void itHasItsSizeAndItsNumber(int bytes) {
    Document document = new Document(bytes);
    String json = document.json("ours-viewer-1", 123_456);
    assertThat(json.length()).isBetween(bytes - 20, bytes + 40);
    assertThat(Document.numberOf(Entitlements.fromJson(json))).isEqualTo(123_456);
    String ours =
        Entitlements.of(document.content("ours-viewer-1", 7), 1_764_000_000_123L, Instant.now())
            .toJson();
    assertThat(ours.length()).isBetween(bytes - 20, bytes + 40);
    assertThat(Stream.of(ours, json).map(Entitlements::fromJson))
        .allSatisfy(snapshot -> assertThat(snapshot.entitlements()).isNotEmpty());
  }
}
