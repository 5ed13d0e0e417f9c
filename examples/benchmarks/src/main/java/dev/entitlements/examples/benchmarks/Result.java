package dev.entitlements.examples.benchmarks;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A figure and what it is to reach.
 *
 * @param target null when nothing is asked of it, and it stands there for comparison
 */
public record Result(Figure figure, @Nullable Target target) {

  /** A figure for comparison. */
  public static Result of(Figure figure) {
    return new Result(figure, null);
  }

  /** Empty when nothing is asked of it, or a figure is missing. */
  public Optional<Boolean> isReached() {
    return target == null ? Optional.empty() : target.isReachedBy(figure);
  }

  /** Such as {@code ≤ 0.70 of plain}; empty when nothing is asked of it. */
  String wanted() {
    return target == null ? "" : target.describe(figure);
  }
}
