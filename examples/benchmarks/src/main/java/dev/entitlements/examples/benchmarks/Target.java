package dev.entitlements.examples.benchmarks;

import java.util.Locale;
import java.util.Optional;

/**
 * What a figure is to reach.
 *
 * @param ofPeer whether the bound is one of the ratio to the peer; else of our figure, in its unit
 * @param sense on which side of the bound is good
 */
public record Target(boolean ofPeer, Sense sense, double bound) {

  /** Which side of a bound is good. */
  public enum Sense {
    /** Up to the bound. */
    AT_MOST("≤ "),
    /** Below the bound, and not at it. */
    LESS("< "),
    /** From the bound. */
    AT_LEAST("≥ ");

    private final String sign;

    Sense(String sign) {
      this.sign = sign;
    }

    private boolean holds(double value, double bound) {
      return switch (this) {
        case AT_MOST -> value <= bound;
        case LESS -> value < bound;
        case AT_LEAST -> value >= bound;
      };
    }
  }

  /** Our figure is to be at most that share of the peer's. */
  public static Target atMostOfPeer(double ratio) {
    return new Target(true, Sense.AT_MOST, ratio);
  }

  /** Our figure is to be less than the peer's. */
  public static Target lessThanPeer() {
    return new Target(true, Sense.LESS, 1);
  }

  /** Our figure is to be at least that share of the peer's. */
  public static Target atLeastOfPeer(double ratio) {
    return new Target(true, Sense.AT_LEAST, ratio);
  }

  /** Our figure is to be at most that, whatever the peer's is. */
  public static Target atMost(double value) {
    return new Target(false, Sense.AT_MOST, value);
  }

  /**
   * Whether the figure reaches it.
   *
   * @return empty when the figure that it takes is missing
   */
  public Optional<Boolean> isReachedBy(Figure figure) {
    return Optional.ofNullable(ofPeer ? figure.ratio() : figure.ours())
        .map(value -> sense.holds(value, bound));
  }

  /** Such as {@code ≤ 0.70 of plain}. */
  String describe(Figure figure) {
    if (!ofPeer) {
      return sense.sign + String.format(Locale.ROOT, "%,.4g", bound).replaceFirst("\\.?0+$", "");
    }
    return bound == 1 && sense == Sense.LESS
        ? sense.sign + figure.peerName()
        : sense.sign + String.format(Locale.ROOT, "%.2f of %s", bound, figure.peerName());
  }
}
