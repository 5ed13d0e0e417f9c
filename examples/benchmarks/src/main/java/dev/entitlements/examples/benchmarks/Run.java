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
 * @param noise looked at between measurements
 */
public record Run(boolean quick, PrintStream out, SharedServer server, Noise noise) {

  /** The first when it is to be quick, else the second. */
  public int either(int whenQuick, int otherwise) {
    return quick ? whenQuick : otherwise;
  }

  /**
   * To be called often, while nothing is measured: looks how quiet the machine is. Not in a quick
   * run, which has no time for it, nor is judged.
   */
  public void sampleNoise() throws InterruptedException {
    if (!quick) {
      noise.sample();
    }
  }
}
