package dev.entitlements.examples.benchmarks;

import dev.entitlements.examples.benchmarks.world.SharedServer;
import java.io.PrintStream;

/**
 * The run that a part is measured in.
 *
 * @param quick whether all parts together are to take about a minute: fewer samples, the same
 *     measurements
 * @param out for progress
 * @param server a process of its own, for what is not to be measured
 * @param noise to be {@linkplain Noise#sample sampled} between rounds, while nothing is measured
 */
public record Run(boolean quick, PrintStream out, SharedServer server, Noise noise) {

  /** The first when it is to be quick, else the second. */
  public int either(int whenQuick, int otherwise) {
    return quick ? whenQuick : otherwise;
  }
}
