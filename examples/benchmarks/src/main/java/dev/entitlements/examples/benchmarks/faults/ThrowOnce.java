package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The defect in a player's callback that shows once. */
final class ThrowOnce {
  private final AtomicReference<@Nullable CountDownLatch> armed = new AtomicReference<>();

  /** The next callback throws, and counts the latch down. */
  void arm(CountDownLatch thrown) {
    armed.set(thrown);
  }

  /** Called at the beginning of each callback. */
  void pass() {
    CountDownLatch thrown = armed.getAndSet(null);
    if (thrown != null) {
      thrown.countDown();
      throw new IllegalStateException("a defect in the callback");
    }
  }

  static void await(CountDownLatch thrown) throws InterruptedException {
    if (!thrown.await(10, TimeUnit.SECONDS)) {
      throw new BenchmarkFailed(thrown.getCount() + " callbacks were not called within 10 s");
    }
  }
}
