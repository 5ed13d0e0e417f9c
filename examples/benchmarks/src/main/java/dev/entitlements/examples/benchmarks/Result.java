package dev.entitlements.examples.benchmarks;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A figure and what it is to reach.
 *
 * @param target null when nothing is asked of it, and it stands there for comparison
 * @param noPeer why the peer has no figure; empty when it has, or the case says it
 */
public record Result(Figure figure, @Nullable Target target, String noPeer) {

  /** A figure of ours and of the peer. */
  public Result(Figure figure, @Nullable Target target) {
    this(figure, target, "");
  }

  /** Two figures for comparison. */
  public static Result of(Figure figure) {
    return new Result(figure, null);
  }

  /** A figure of ours alone. */
  public static Result withoutPeer(Figure figure, String why) {
    return new Result(figure, null, why);
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
