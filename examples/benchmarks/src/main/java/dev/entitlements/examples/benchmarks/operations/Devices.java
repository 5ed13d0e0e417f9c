package dev.entitlements.examples.benchmarks.operations;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.peers.Arrivals;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Some devices of one user, of which it is counted how many hold a state. */
final class Devices implements Arrivals {
  private final String user;
  private final int number;
  // Guarded by this.
  private long state;
  private int holding;

  Devices(String user, int number) {
    this.user = user;
    this.number = number;
  }

  String user() {
    return user;
  }

  int number() {
    return number;
  }

  /** From now on this state is waited for. */
  synchronized void expect(long next) {
    state = next;
    holding = 0;
  }

  @Override
  public synchronized void arrived(String whose, long arrived) {
    if (whose.equals(user) && arrived == state) {
      holding++;
      notifyAll();
    }
  }

  /**
   * Waits until each device has come to hold the state.
   *
   * @throws BenchmarkFailed when one has not at the end of the limit
   */
  synchronized void await(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (holding < number) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new BenchmarkFailed(
            "Only " + holding + " of " + number + " devices came to hold a state");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
