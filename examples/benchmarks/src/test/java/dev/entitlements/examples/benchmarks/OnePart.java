package dev.entitlements.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs one part in its quick form, as from the command line. */
public final class OnePart {
  private OnePart() {}

  /** The figures that it wrote into that folder, in which it left its pictures, too. */
  public static List<JsonNode> quick(Path folder, String part, String... options)
      throws IOException {
    Path json = folder.resolve("benchmarks.json");
    List<String> args = new ArrayList<>(List.of(part, "--quick", "--json", json.toString()));
    args.addAll(List.of(options));
    assertThat(Benchmarks.run(args.toArray(String[]::new))).isZero();
    List<JsonNode> figures = new ArrayList<>();
    new ObjectMapper().readTree(json.toFile()).forEach(figures::add);
    assertThat(figures)
        .isNotEmpty()
        .allSatisfy(
            figure -> {
              assertThat(figure.fieldNames())
                  .toIterable()
                  .containsExactly(
                      "part", "case", "unit", "ours", "peer", "peerName", "ratio", "samples");
              assertThat(figure.path("part").asText()).isEqualTo(part);
            });
    return figures;
  }
}
