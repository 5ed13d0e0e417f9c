package dev.entitlements.examples.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Figures for programs to read. */
public final class FiguresJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private FiguresJson() {}

  /**
   * Writes them as a JSON array, one object each.
   *
   * @param file is replaced if it exists; so are missing folders
   * @param figures in their order
   * @throws IOException when it cannot be written
   */
  public static void write(Path file, List<Figure> figures) throws IOException {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Figure figure : figures) {
      array
          .addObject()
          .put("part", figure.part())
          .put("case", figure.name())
          .put("unit", figure.unit())
          .put("ours", figure.ours())
          .put("peer", figure.peer())
          .put("peerName", figure.peerName())
          .put("ratio", figure.ratio())
          .put("samples", figure.samples());
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(array) + "\n");
  }
}
