package dev.entitlements.examples.benchmarks.scale;

import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.EntitlementListener;
import dev.entitlements.client.EntitlementWatcher;
import dev.entitlements.client.WatcherRuntime;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.kit.Samples;
import dev.entitlements.examples.benchmarks.world.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One user's watchers, on one runtime, and the time until all of them hold a new state. */
final class Devices implements AutoCloseable {
  private static final long LIMIT_SECONDS = 30;

  private final String user;
  private final Backend backend;
  private final WatcherRuntime runtime = WatcherRuntime.create();
  private final List<EntitlementWatcher> watchers = new ArrayList<>();
  private final Semaphore live = new Semaphore(0);
  private final Semaphore arrived = new Semaphore(0);
  private final AtomicLong awaited = new AtomicLong(-1);

  /** None yet. */
  Devices(String user, Backend backend) {
    this.user = user;
    this.backend = backend;
    backend.publish(user, new Document(600));
  }

  /** Returns once there are so many, all of them live. */
  void growTo(int devices) throws InterruptedException {
    int before = watchers.size();
    while (watchers.size() < devices) {
      EntitlementWatcher watcher =
          EntitlementWatcher.builder(() -> backend.login(user))
              .runtime(runtime)
              .listener(new Device())
              .build();
      watchers.add(watcher);
      CompletableFuture<?> unused = watcher.start();
    }
    acquire(live, devices - before);
  }

  /**
   * Publishes so many states, each when all devices have the one before.
   *
   * @return from the call of publish to the last device's listener, the median in ms
   */
  double untilAllHave(Document document, int states) throws InterruptedException {
    Samples samples = new Samples();
    for (int i = 0; i < states; i++) {
      awaited.set(backend.nextNumber());
      long begun = System.nanoTime();
      backend.publish(user, document);
      acquire(arrived, watchers.size());
      samples.record(System.nanoTime() - begun);
    }
    return Objects.requireNonNull(samples.percentileMs(50));
  }

  private static void acquire(Semaphore semaphore, int permits) throws InterruptedException {
    if (!semaphore.tryAcquire(permits, LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new BenchmarkFailed("Not all devices were there within " + LIMIT_SECONDS + " s");
    }
  }

  @Override
  public void close() {
    runtime.close();
  }

  private final class Device implements EntitlementListener {
    private boolean wasLive;

    @Override
    public void onChange(EntitlementChange change) {
      if (Document.numberOf(change.current()) == awaited.get()) {
        arrived.release();
      }
    }

    @Override
    public void onStatus(WatcherStatus status) {
      if (status.state() == WatcherStatus.State.LIVE && !wasLive) {
        wasLive = true;
        live.release();
      }
    }
  }
}
