package dev.entitlements.examples.benchmarks.startup;

import dev.entitlements.Entitlements;
import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.EntitlementListener;
import dev.entitlements.client.EntitlementWatcher;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.kit.Samples;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts the watcher of this library, with its defaults; its building counts. */
final class WatcherStarter implements Starter {
  private Samples usable = new Samples();
  private Samples live = new Samples();

  /** Until it holds a snapshot. */
  Samples usable() {
    return usable;
  }

  /** Until it says that what it holds is what is stored. */
  Samples live() {
    return live;
  }

  /** Forgets what was recorded. */
  void reset() {
    usable = new Samples();
    live = new Samples();
  }

  @Override
  public void start(SessionToken login) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    long begun = System.nanoTime();
    try (EntitlementWatcher watcher =
        EntitlementWatcher.builder(() -> CompletableFuture.completedFuture(login))
            .userId(login.userId())
            .listener(untilLive(begun, done))
            .build()) {
      CompletableFuture<Entitlements> first =
          watcher
              .start()
              .whenComplete((snapshot, error) -> usable.record(System.nanoTime() - begun));
      first.get(30, TimeUnit.SECONDS);
      if (!done.await(30, TimeUnit.SECONDS)) {
        throw new BenchmarkFailed("A watcher was not live within 30 s: " + watcher.status());
      }
    }
  }

  private EntitlementListener untilLive(long begun, CountDownLatch done) {
    return new EntitlementListener() {
      @Override
      public void onChange(EntitlementChange change) {}

      @Override
      public void onStatus(WatcherStatus status) {
        if (status.state() == WatcherStatus.State.LIVE && done.getCount() > 0) {
          live.record(System.nanoTime() - begun);
          done.countDown();
        }
      }
    };
  }
}
