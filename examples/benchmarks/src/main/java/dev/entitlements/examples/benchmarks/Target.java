package dev.entitlements.examples.benchmarks;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is to reach.
 *
 * @param ofPeer whether the bound is one of the ratio to the peer; else of our figure, in its unit
 * @param most whether the bound is the most that is good; else the least
 */
public record Target(boolean ofPeer, boolean most, double bound) {

  /** Our figure is to be at most that share of the peer's. */
  public static Target atMostOfPeer(double ratio) {
    return new Target(true, true, ratio);
  }

  /** Our figure is to be at least that share of the peer's. */
  public static Target atLeastOfPeer(double ratio) {
    return new Target(true, false, ratio);
  }

  /** Our figure is to be at most that, whatever the peer's is. */
  public static Target atMost(double value) {
    return new Target(false, true, value);
  }

  /**
   * Whether the figure reaches it.
   *
   * @return empty when the figure that it takes is missing
   */
  public Optional<Boolean> isReachedBy(Figure figure) {
    @Nullable Double value = ofPeer ? figure.ratio() : figure.ours();
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(most ? value <= bound : value >= bound);
  }

  /** Such as {@code ≤ 0.70 of plain}. */
  String describe(Figure figure) {
    String sign = most ? "≤ " : "≥ ";
    return ofPeer
        ? sign + String.format(Locale.ROOT, "%.2f of %s", bound, figure.peerName())
        : sign + String.format(Locale.ROOT, "%,.4g", bound).replaceFirst("\\.?0+$", "");
  }
}
