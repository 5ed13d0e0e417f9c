package dev.entitlements.examples.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

@Tag("P10")
class BarPlotTest {
  @TempDir private Path folder;

  @Test
  void eachBarHasItsFigureAndWhatWasNeverReachedSaysSo() throws Exception {
    assertThat(
            texts(
                new Bar("restart", "ours", 123.4),
                new Bar("restart", "plain", 5_000.0, "(3 of 10 lost)"),
                new Bar("silence", "ours", 0.0),
                new Bar("silence", "plain", null)))
        .contains("the title", "restart", "silence", "ours", "plain", "ms (logarithmic)")
        .contains("123", "5,000 (3 of 10 lost)", "0", "never");
  }

  @Test
  void aBarThatIsMissingIsNoMistake() throws Exception {
    assertThat(texts(new Bar("a", "ours", 1.25), new Bar("b", "plain", 2.5)))
        .contains("1.3", "2.5")
        .doesNotContain("never");
  }

  @Test
  void itIsWrittenIntoAFolderThatIsMadeAndOverWhatWasThere() throws IOException {
    Path inside = folder.resolve("not/there");
    Path file = plot(new Bar("a", "ours", 1.0)).write(inside);
    assertThat(file).isEqualTo(inside.resolve("name.svg"));
    byte[] before = Files.readAllBytes(file);
    Files.writeString(file, "x".repeat(100_000));
    plot(new Bar("a", "ours", 1.0)).write(inside);
    assertThat(Files.size(file)).isEqualTo(before.length);
  }

  private List<String> texts(Bar... bars)
      throws IOException, ParserConfigurationException, SAXException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    // Its document type is looked for in the Internet otherwise.
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    NodeList texts =
        factory
            .newDocumentBuilder()
            .parse(plot(bars).write(folder).toFile())
            .getElementsByTagName("text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> texts.item(i).getTextContent())
        .toList();
  }

  private static BarPlot plot(Bar... bars) {
    return new BarPlot("name", "the title", "ms", List.of(bars), 1, 15_000);
  }
}
