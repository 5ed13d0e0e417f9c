package dev.entitlements.examples.benchmarks.footprint;

import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.EntitlementListener;
import dev.entitlements.client.EntitlementWatcher;
import dev.entitlements.client.WatcherRuntime;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A watcher each, all on one runtime. */
final class OurViewers implements Viewers {
  private final WatcherRuntime runtime = WatcherRuntime.create();
  private final List<EntitlementWatcher> watchers = new ArrayList<>();
  private final Semaphore live = new Semaphore(0);
  private int awaited;

  @Override
  public void add(SessionToken session) {
    EntitlementWatcher watcher =
        EntitlementWatcher.builder(() -> CompletableFuture.completedFuture(session))
            .runtime(runtime)
            .listener(new FirstLive())
            .build();
    watchers.add(watcher);
    CompletableFuture<?> unused = watcher.start();
  }

  @Override
  public void awaitLive() throws InterruptedException {
    if (!live.tryAcquire(watchers.size() - awaited, 60, TimeUnit.SECONDS)) {
      throw new BenchmarkFailed("Not all watchers were live within 60 s");
    }
    awaited = watchers.size();
  }

  /** Tells once. */
  private final class FirstLive implements EntitlementListener {
    private boolean told;

    @Override
    public void onChange(EntitlementChange change) {}

    @Override
    public void onStatus(WatcherStatus status) {
      if (status.state() == WatcherStatus.State.LIVE && !told) {
        told = true;
        live.release();
      }
    }
  }
}
