package dev.entitlements.examples.benchmarks.scale;

import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Target;
import dev.entitlements.examples.benchmarks.kit.Slope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cost at several amounts of work. */
final class Growth {
  private final String name;
  private final String unit;
  private final List<Result> points = new ArrayList<>();
  private final List<Double> amounts = new ArrayList<>();
  private final List<Double> costs = new ArrayList<>();
  private int samples;

  Growth(String name, String unit) {
    this.name = name;
    this.unit = unit;
  }

  /**
   * Another point.
   *
   * @param amount what {@code work} says, as a number
   */
  void add(String work, double amount, double cost, int ofSamples) {
    amounts.add(amount);
    costs.add(cost);
    samples += ofSamples;
    points.add(result(work + ": " + name, unit, cost, ofSamples, null));
  }

  /**
   * All points, and the slope, which is to be at most that: over all of them, and at the end, where
   * no fixed cost hides it any more.
   */
  List<Result> results(String over, double mostSlope) {
    List<Result> all = new ArrayList<>(points);
    String title = name + " over " + over + ": slope";
    int end = amounts.size() - 2;
    all.add(slope(title, 0, mostSlope));
    all.add(slope(title + " at the end", end, mostSlope));
    return all;
  }

  private Result slope(String title, int from, double most) {
    int to = amounts.size();
    double slope = Slope.of(amounts.subList(from, to), costs.subList(from, to));
    return result(title, "", slope, samples, Target.atMost(most));
  }

  private static Result result(
      String name, String unit, double value, int samples, @Nullable Target target) {
    return new Result(new Figure("scale", name, unit, value, null, "none", samples), target, "-");
  }
}
