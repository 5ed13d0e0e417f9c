package dev.entitlements.examples.benchmarks.plot;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Draws by lines and text, not by pixels. */
final class Svg {
  private static final Pattern FONT = Pattern.compile("font-family:(&quot;[^&]*&quot;|[^;&\"]*);");

  /** About as wide as each other. */
  private static final String FONTS = "font-family:Verdana,'DejaVu Sans',sans-serif;";

  private Svg() {}

  static byte[] of(BarChart chart) throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.draw(graphics);
    Document document =
        Processors.get("svg")
            .getDocument(graphics.getCommands(), new PageSize(chart.width(), chart.height()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.writeTo(bytes);
    // It names the one font that this machine has, which the reader's may not have.
    String svg = FONT.matcher(bytes.toString(StandardCharsets.UTF_8)).replaceAll(FONTS);
    return svg.getBytes(StandardCharsets.UTF_8);
  }
}
