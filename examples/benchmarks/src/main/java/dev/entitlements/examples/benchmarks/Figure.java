package dev.entitlements.examples.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure of ours beside that of a peer, measured in the same run.
 *
 * @param part which benchmark
 * @param name what was measured; {@code case} in JSON
 * @param unit of both figures
 * @param ours null when there is none
 * @param peer null when there is none
 * @param peerName who the peer is
 * @param samples how many measurements each figure stands for
 */
public record Figure(
    String part,
    String name,
    String unit,
    @Nullable Double ours,
    @Nullable Double peer,
    String peerName,
    int samples) {

  /**
   * Our figure as a share of the peer's: 0.5 is half of it.
   *
   * @return null when one is missing or the peer's is 0
   */
  public @Nullable Double ratio() {
    if (ours == null || peer == null || peer == 0) {
      return null;
    }
    return Double.valueOf(String.format(Locale.ROOT, "%.3f", ours / peer));
  }
}
