package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.EntitlementListener;
import dev.entitlements.client.EntitlementWatcher;
import dev.entitlements.client.SessionSource;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.world.Document;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The watcher of this library, with its defaults where the fault does not say otherwise. */
final class WatcherPlayer implements Player, EntitlementListener {
  private final EntitlementWatcher watcher;
  private final CountDownLatch live = new CountDownLatch(1);
  private final LocalCopy copy = new LocalCopy();
  private final ThrowOnce defect = new ThrowOnce();

  WatcherPlayer(SessionSource source, String user, Optional<Duration> reconcileInterval) {
    EntitlementWatcher.Builder builder =
        EntitlementWatcher.builder(source).userId(user).listener(this);
    reconcileInterval.ifPresent(builder::reconcileInterval);
    watcher = builder.build();
  }

  @Override
  public void start() throws InterruptedException {
    watcher.start();
    if (!live.await(30, TimeUnit.SECONDS)) {
      throw new BenchmarkFailed("The watcher did not become live: " + watcher.status());
    }
  }

  @Override
  public void onChange(EntitlementChange change) {
    defect.pass();
    copy.replace(Document.numberOf(change.current()));
  }

  @Override
  public void onStatus(WatcherStatus status) {
    if (status.state() == WatcherStatus.State.LIVE) {
      live.countDown();
    }
  }

  @Override
  public LocalCopy copy() {
    return copy;
  }

  @Override
  public ThrowOnce defect() {
    return defect;
  }

  @Override
  public void close() {
    watcher.close();
  }
}
