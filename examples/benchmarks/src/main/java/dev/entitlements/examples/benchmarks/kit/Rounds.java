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
   * Runs the step so often on each, in the order in which {@link #measure} does, before anything
   * counts.
   *
   * @throws Exception what a step throws
   */
  public static <T> void warmUp(int rounds, List<T> contestants, Step<T> step) throws Exception {
    for (int round = 0; round < rounds; round++) {
      run(round, contestants, step);
    }
  }

  /**
   * Runs the step so often on each: A B C, B C A, C A B, …, and looks after each round how quiet
   * the machine is.
   *
   * @throws Exception what a step throws
   */
  public static <T> void measure(Run run, int rounds, List<T> contestants, Step<T> step)
      throws Exception {
    for (int round = 0; round < rounds; round++) {
      run(round, contestants, step);
      run.sampleNoise();
    }
  }

  private static <T> void run(int round, List<T> contestants, Step<T> step) throws Exception {
    int size = contestants.size();
    for (int i = 0; i < size; i++) {
      step.run(contestants.get((round + i) % size));
    }
  }
}
