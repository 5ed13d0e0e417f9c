package dev.entitlements.examples.benchmarks;

import java.io.PrintStream;

/**
 * The run that a part is measured in.
 *
 * @param quick whether all parts together are to take at most a minute: fewer samples, the same
 *     measurements
 * @param out for progress
 * @param noise to be {@linkplain Noise#sample sampled} between rounds, while nothing is measured
 */
public record Run(boolean quick, PrintStream out, Noise noise) {

  /** The first when it is to be quick, else the second. */
  public int either(int whenQuick, int otherwise) {
    return quick ? whenQuick : otherwise;
  }
}
