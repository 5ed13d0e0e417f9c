package dev.entitlements.examples.benchmarks.kit;

import dev.entitlements.examples.benchmarks.Run;
import java.util.List;

/**
 * Measures contestants in turn, several times, so that whatever drifts (the compiler, the heap, the
 * neighbours) hits all of them alike.
 */
public final class Rounds {

  /** Measures one contestant once. */
  @FunctionalInterface
  public interface Step<T> {
    /** Returns when nothing of it goes on any more. */
    void run(T contestant) throws Exception;
  }

  private Rounds() {}

  /**
   * Runs the step so often on each: A B C, B C A, C A B, …
   *
   * @throws Exception what a step throws
   */
  public static <T> void interleave(Run run, int rounds, List<T> contestants, Step<T> step)
      throws Exception {
    int size = contestants.size();
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < size; i++) {
        step.run(contestants.get((round + i) % size));
      }
      run.noise().sample();
    }
  }
}
