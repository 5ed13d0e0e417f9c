package dev.entitlements.examples.quickstart;

import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.EntitlementListener;
import dev.entitlements.client.EntitlementWatcher;
import dev.entitlements.client.WatcherStatus;
import java.util.concurrent.CompletableFuture;

/**
 * A viewer's player: logs in over HTTP, watches with the token it gets, and shows what is
 * available.
 */
final class Player implements EntitlementListener, AutoCloseable {
  private final String name;
  private final EntitlementWatcher watcher;

  // Guarded by this: what the listener was told, and who waits for it.
  private Sighting<EntitlementChange> change = Sighting.none();
  private Sighting<WatcherStatus> status = Sighting.none();

  Player(String name, String user, BackendClient backend) {
    this.name = name;
    this.watcher =
        EntitlementWatcher.builder(() -> CompletableFuture.completedFuture(backend.login(user)))
            .userId(user)
            .listener(this)
            .build();
  }

  String name() {
    return name;
  }

  void start() {
    watcher.start();
  }

  EntitlementWatcher watcher() {
    return watcher;
  }

  @Override
  public void onChange(EntitlementChange change) {
    long now = System.nanoTime();
    synchronized (this) {
      this.change = new Sighting<>(change, now);
      notifyAll();
    }
  }

  @Override
  public void onStatus(WatcherStatus status) {
    long now = System.nanoTime();
    synchronized (this) {
      this.status = new Sighting<>(status, now);
      notifyAll();
    }
  }

  /** Waits until the listener has been told what a plan grants. */
  synchronized Sighting<EntitlementChange> awaitPlan(String plan) {
    Deadline deadline = Deadline.ofWaiting();
    while (!change.is(c -> plan.equals(c.current().attributes().get(PlanCatalog.PLAN)))) {
      deadline.await(
          this,
          () ->
              name
                  + " was not told of plan '"
                  + plan
                  + "'; it "
                  + (change.is(c -> true)
                      ? "was last told " + change.seen()
                      : "was told nothing yet")
                  + ", and its status is "
                  + watcher.status());
    }
    return change;
  }

  /** Waits until the listener has been told a state. */
  synchronized Sighting<WatcherStatus> awaitState(WatcherStatus.State state) {
    Deadline deadline = Deadline.ofWaiting();
    while (!status.is(s -> s.state() == state)) {
      deadline.await(this, () -> name + " did not become " + state + "; it is " + watcher.status());
    }
    return status;
  }

  @Override
  public void close() {
    watcher.close();
  }
}
