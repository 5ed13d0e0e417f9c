package dev.entitlements.examples.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Whether the machine was quiet. A piece of work that is always the same is done on all cores at
 * once, before, between and after what is measured, and should always take the same time. If it
 * does not, something else had the cores, and would have had them from what was measured, too.
 */
public final class Noise {
  /** From here on the figures say more of the neighbours than of us. */
  static final double TOO_NOISY = 1.25;

  /**
   * About 40 ms of work. If it were over in 10, some samples would tell of the kernel alone, which
   * puts two new threads on the same core as often as not, and needs a few ms to move one.
   */
  private static final int STEPS = 20_000_000;

  private static final int WARM_UP = 3;

  /** What was measured leaves work behind: connections to close, code to compile. */
  private static final long SETTLE_MS = 100;

  private final int cores;
  private final List<Double> millis = new CopyOnWriteArrayList<>();

  /** What the work comes to; it keeps the compiler from leaving it out. */
  private volatile long sum;

  /** Warms the work up, so that the compiler is not taken for a neighbour. */
  public Noise() {
    this(Runtime.getRuntime().availableProcessors());
  }

  private Noise(int cores) {
    this.cores = cores;
    for (int i = 0; i < WARM_UP; i++) {
      sum = work(i);
    }
  }

  /** Does the work once, after a moment. To be called while nothing is measured. */
  public void sample() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
    long begun = System.nanoTime();
    List<Thread> threads =
        IntStream.range(0, cores).mapToObj(core -> new Thread(() -> sum = work(core))).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    record((System.nanoTime() - begun) / 1e6);
  }

  void record(double sample) {
    millis.add(sample);
  }

  /** How many times longer it took at its slow end (the 90th percentile) than at best. */
  double spread() {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? 1 : sorted[(int) (sorted.length * 0.9)] / sorted[0];
  }

  /** One sentence. */
  String verdict() {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      return "The noise was not measured.";
    }
    String figures =
        String.format(
            Locale.ROOT,
            "the same work on %d cores took %.1f ms at best, %.1f at p50, %.1f at p90 (%d times)",
            cores,
            sorted[0],
            sorted[sorted.length / 2],
            sorted[(int) (sorted.length * 0.9)],
            sorted.length);
    return spread() > TOO_NOISY
        ? "TOO NOISY TO JUDGE: " + figures + ". Run it again on a quiet machine."
        : "Quiet enough: " + figures + ".";
  }

  private static long work(int seed) {
    long[] cells = new long[1 << 12];
    Arrays.fill(cells, seed);
    long x = seed + 1L;
    for (int i = 0; i < STEPS; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
      cells[(int) (x & (cells.length - 1))] += x;
    }
    return Arrays.stream(cells).sum();
  }
}
