package dev.entitlements.examples.benchmarks.decide;

import dev.entitlements.Entitlement;
import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.EntitlementListener;
import dev.entitlements.client.EntitlementWatcher;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A watcher that is live, and a plain copy of what it holds. */
final class Watched implements EntitlementListener, AutoCloseable {
  /** One that every document grants. */
  static final String GRANT = "package-0000";

  /** The system property that holds the session, as the player gets it. */
  static final String SESSION = "benchmarks.session";

  private final EntitlementWatcher watcher;
  private final CountDownLatch live = new CountDownLatch(1);
  private final AtomicLong changes = new AtomicLong();
  // Written by the listener's thread, read by others.
  private volatile Map<String, Entitlement> copy = Map.of();

  private Watched(SessionToken session) {
    watcher =
        EntitlementWatcher.builder(() -> CompletableFuture.completedFuture(session))
            .listener(this)
            .build();
  }

  /** Returns once it is live. */
  static Watched open() {
    Watched watched = new Watched(SessionToken.fromJson(System.getProperty(SESSION, "")));
    CompletableFuture<?> unused = watched.watcher.start();
    try {
      if (!watched.live.await(30, TimeUnit.SECONDS)) {
        throw new BenchmarkFailed("It was not live within 30 s: " + watched.watcher.status());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkFailed("Interrupted", e);
    }
    return watched;
  }

  @Override
  public void onChange(EntitlementChange change) {
    copy = change.current().entitlements();
    changes.incrementAndGet();
  }

  @Override
  public void onStatus(WatcherStatus status) {
    if (status.state() == WatcherStatus.State.LIVE) {
      live.countDown();
    }
  }

  EntitlementWatcher watcher() {
    return watcher;
  }

  Map<String, Entitlement> copy() {
    return copy;
  }

  long changes() {
    return changes.get();
  }

  @Override
  public void close() {
    watcher.close();
  }
}
