package dev.entitlements.examples.benchmarks.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.text.NumberFormat;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.DefaultCategoryDataset;

/** A plot as JFreeChart draws it. */
final class BarChart {
  private static final int WIDTH = 900;
  private static final int BAR_HEIGHT = 17;
  private static final int ROW_GAP = 14;
  private static final int FRAME_HEIGHT = 140;

  /** Of the longest bar's length, after it. */
  private static final double ROOM_OF_A_LETTER = 0.016;

  // Not of 12: VectorGraphics2D takes that for the default, which in a browser is 16.
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);

  private final BarPlot plot;
  private final JFreeChart chart;

  BarChart(BarPlot plot) {
    this.plot = plot;
    chart = new JFreeChart(plot.title(), TITLE, categories(), true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 8, 8, 8));
    chart.getLegend().setPosition(RectangleEdge.TOP);
    chart.getLegend().setItemFont(TEXT);
  }

  int width() {
    return WIDTH;
  }

  int height() {
    return FRAME_HEIGHT + plot.rows().size() * (plot.series().size() * BAR_HEIGHT + ROW_GAP);
  }

  void draw(Graphics2D graphics) {
    chart.draw(graphics, new Rectangle(width(), height()));
  }

  private CategoryPlot categories() {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    plot.bars().forEach(bar -> data.addValue(plot.end(bar), bar.series(), bar.row()));
    CategoryPlot categories =
        new CategoryPlot(data, rowAxis(), valueAxis(), new BarsOfSeries(plot, TEXT));
    categories.setOrientation(PlotOrientation.HORIZONTAL);
    categories.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    categories.setBackgroundPaint(Color.WHITE);
    categories.setRangeGridlinePaint(new Color(0xE0E0E0));
    categories.setRangeGridlineStroke(new BasicStroke(1));
    categories.setOutlineVisible(false);
    return categories;
  }

  private CategoryAxis rowAxis() {
    CategoryAxis axis = new CategoryAxis();
    axis.setTickLabelFont(TEXT);
    axis.setCategoryLabelPositionOffset(8);
    axis.setMaximumCategoryLabelWidthRatio(0.4f);
    axis.setLowerMargin(0.01);
    axis.setUpperMargin(0.01);
    axis.setCategoryMargin((double) ROW_GAP / (plot.series().size() * BAR_HEIGHT + ROW_GAP));
    return axis;
  }

  private LogarithmicAxis valueAxis() {
    LogarithmicAxis axis = new LogarithmicAxis(plot.axis() + " (logarithmic)");
    axis.setStrictValuesFlag(true);
    axis.setExpTickLabelsFlag(false);
    axis.setLog10TickLabelsFlag(false);
    axis.setTickLabelFont(TEXT);
    axis.setLabelFont(TEXT);
    axis.setNumberFormatOverride(NumberFormat.getInstance(Locale.ROOT));
    double decades = Math.log10(plot.longest() / plot.least());
    double room = plot.longestLabel() * ROOM_OF_A_LETTER;
    axis.setRange(plot.least() * 0.98, plot.longest() * Math.pow(10, decades * room));
    return axis;
  }
}
