package dev.entitlements.examples.benchmarks.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.util.List;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;

/** One colour for each series, paler where the figure was never reached, and a label each. */
final class BarsOfSeries extends BarRenderer {
  private static final long serialVersionUID = 1;

  /** To be told apart by the colour-blind, too (Okabe and Ito). */
  private static final List<Color> COLOURS =
      List.of(new Color(0x0072B2), new Color(0xE69F00), new Color(0x999999), new Color(0xCC79A7));

  private static final int PALE = 90;

  private final transient BarPlot plot;

  BarsOfSeries(BarPlot plot, Font font) {
    this.plot = plot;
    setBarPainter(new StandardBarPainter());
    setShadowVisible(false);
    setItemMargin(0);
    setDefaultItemLabelFont(font);
    setDefaultItemLabelsVisible(true);
    setDefaultItemLabelGenerator(new Labels(plot));
    setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    for (int i = 0; i < plot.series().size(); i++) {
      setSeriesPaint(i, COLOURS.get(i % COLOURS.size()));
    }
  }

  @Override
  public Paint getItemPaint(int series, int row) {
    boolean never = plot.bar(series, row).filter(bar -> bar.value() == null).isPresent();
    Color colour = COLOURS.get(series % COLOURS.size());
    return never ? new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), PALE) : colour;
  }

  /** The bar's own figure, and not how far it is drawn. */
  private static final class Labels extends StandardCategoryItemLabelGenerator {
    private static final long serialVersionUID = 1;

    private final transient BarPlot plot;

    Labels(BarPlot plot) {
      this.plot = plot;
    }

    @Override
    public String generateLabel(CategoryDataset data, int series, int row) {
      return plot.bar(series, row).map(Bar::label).orElse("");
    }
  }
}
