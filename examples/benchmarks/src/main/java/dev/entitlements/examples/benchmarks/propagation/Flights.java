package dev.entitlements.examples.benchmarks.propagation;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.kit.Samples;
import dev.entitlements.examples.benchmarks.peers.Arrivals;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The states that are under way. One has arrived when the player holds it or a later one: it is
 * allowed to skip what is out of date.
 */
final class Flights implements Arrivals {

  private record Flight(long number, long dueNanos) {}

  // Guarded by this.
  private final Map<String, Queue<Flight>> underWay = new HashMap<>();
  private Samples samples = new Samples();
  private int open;
  private long last;

  /** What is recorded from now on goes there. To be called while nothing is under way. */
  synchronized void recordTo(Samples recorder) {
    samples = recorder;
  }

  /** The user's next state; it was due then, by {@link System#nanoTime}. */
  synchronized long depart(String user, long dueNanos) {
    last++;
    underWay.computeIfAbsent(user, any -> new ArrayDeque<>()).add(new Flight(last, dueNanos));
    open++;
    return last;
  }

  @Override
  public void arrived(String user, long number) {
    long now = System.nanoTime();
    synchronized (this) {
      Queue<Flight> flights = underWay.getOrDefault(user, new ArrayDeque<>());
      while (!flights.isEmpty() && flights.peek().number() <= number) {
        samples.record(now - flights.remove().dueNanos());
        open--;
      }
      if (open == 0) {
        notifyAll();
      }
    }
  }

  /**
   * Waits until nothing is under way.
   *
   * @throws BenchmarkFailed when something still is at the end of the limit
   */
  synchronized void awaitAll(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (open > 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new BenchmarkFailed(
            open + " states did not arrive within " + limit.toSeconds() + " s");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
