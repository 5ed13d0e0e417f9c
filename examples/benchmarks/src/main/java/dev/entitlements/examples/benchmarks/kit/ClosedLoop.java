package dev.entitlements.examples.benchmarks.kit;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps so many calls under way, never more: each that ends makes room for the next. It finds out
 * how many get through, not how long one takes.
 */
public final class ClosedLoop {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final int atOnce;
  private final Supplier<CompletableFuture<?>> call;

  /**
   * Calls nothing yet.
   *
   * @param call begins the next one; must not wait for its answer
   */
  public ClosedLoop(int atOnce, Supplier<CompletableFuture<?>> call) {
    this.atOnce = atOnce;
    this.call = call;
  }

  /**
   * Begins calls from this thread for that time, and returns once all have ended.
   *
   * @return how many there were per second, until the last one ended
   * @throws BenchmarkFailed when one fails, or does not end
   */
  public double perSecond(Duration time) throws InterruptedException {
    Semaphore room = new Semaphore(atOnce);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    long begun = System.nanoTime();
    long calls = 0;
    while (System.nanoTime() - begun < time.toNanos() && failure.get() == null) {
      acquire(room, 1);
      calls++;
      CompletableFuture<?> unused =
          call.get()
              .whenComplete(
                  (value, error) -> {
                    failure.compareAndSet(null, error);
                    room.release();
                  });
    }
    acquire(room, atOnce);
    Throwable error = failure.get();
    if (error != null) {
      throw new BenchmarkFailed("A call failed", error);
    }
    return calls / ((System.nanoTime() - begun) / 1e9);
  }

  private static void acquire(Semaphore room, int permits) throws InterruptedException {
    if (!room.tryAcquire(permits, LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new BenchmarkFailed("A call did not end within " + LIMIT.toSeconds() + " s");
    }
  }
}
