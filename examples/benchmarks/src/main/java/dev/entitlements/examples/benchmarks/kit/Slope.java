package dev.entitlements.examples.benchmarks.kit;

import java.util.List;

/** How a cost grows with the work. */
public final class Slope {
  private Slope() {}

  /**
   * The power of the work that the cost grows with: 1 is a straight line through the origin, 0 no
   * growth at all, 2 a square. By least squares over the logarithms of both.
   *
   * @param work at least two different amounts, all more than 0
   * @param cost as many, all more than 0
   */
  public static double of(List<Double> work, List<Double> cost) {
    if (work.size() != cost.size() || work.stream().distinct().count() < 2) {
      throw new IllegalArgumentException("No slope of " + cost + " over " + work);
    }
    List<Double> x = work.stream().map(Math::log).toList();
    List<Double> y = cost.stream().map(Math::log).toList();
    double meanX = mean(x);
    double meanY = mean(y);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < x.size(); i++) {
      products += (x.get(i) - meanX) * (y.get(i) - meanY);
      squares += (x.get(i) - meanX) * (x.get(i) - meanX);
    }
    return products / squares;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
