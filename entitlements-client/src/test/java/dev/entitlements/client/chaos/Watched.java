package dev.entitlements.client.chaos;

import dev.entitlements.Entitlements;
import dev.entitlements.client.EntitlementWatcher;
import dev.entitlements.client.WatcherRuntime;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.client.WatcherStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A watcher under test, and what it should hold. */
final class Watched implements AutoCloseable {
  /** How long news may take that was accepted while the watcher listened. */
  static final Duration NEWS = Duration.ofSeconds(2);

  /** Longer than {@link #NEWS}, so that it does not make good what should have been heard. */
  static final Duration RECONCILE = Duration.ofSeconds(4);

  /**
   * How long a reading that makes lost notifications good may take: it is due, fails, is retried.
   */
  static final Duration READING = RECONCILE.multipliedBy(2).plus(NEWS);

  final String userId;
  private final Ledger ledger;
  private final EntitlementWatcher watcher;
  private final Mirror mirror = new Mirror();
  private final AtomicLong highest = new AtomicLong();

  Watched(ChaosBackend backend, String userId, WatcherRuntime runtime) {
    this.userId = userId;
    ledger = backend.ledgers().get(userId);
    watcher =
        EntitlementWatcher.builder(backend.source(userId))
            .userId(userId)
            .runtime(runtime)
            .listener(mirror)
            .reconcileInterval(RECONCILE)
            .firstHeartbeatTimeout(Duration.ofSeconds(2))
            .sessionTimeout(Duration.ofMillis(1500))
            .build();
    watcher.start();
  }

  long newest() {
    return ledger.newest();
  }

  Mirror mirror() {
    return mirror;
  }

  long revision() {
    return watcher.current().map(Entitlements::revision).orElse(0L);
  }

  boolean isLiveOn(long revision) {
    return watcher.status().state() == State.LIVE && revision() >= revision;
  }

  /**
   * Whether all that there is to see is the newest, by the watcher's and the listener's account.
   */
  boolean hasSettled() {
    return isLiveOn(newest()) && watcher.current().filter(mirror::agreesWith).isPresent();
  }

  /** Whether the revision is lower than it was when this was last asked. */
  boolean hasGoneBack() {
    long before = highest.get();
    long now = revision();
    highest.accumulateAndGet(now, Math::max);
    return now < before;
  }

  /**
   * What it should know by now: it has been live for long enough, and so long ago was it published.
   *
   * @param runningNanos how long the machine has run without a standstill
   */
  Optional<Publication> overdue(long runningNanos) {
    // In this order: by the time of the status the revision was not higher than read after it.
    WatcherStatus status = watcher.status();
    long now = System.nanoTime();
    long live = Duration.between(status.since(), Instant.now()).toNanos();
    long calm = Math.min(live, Math.min(ledger.hiding.quietNanos(), runningNanos));
    if (status.state() != State.LIVE || calm < NEWS.toNanos()) {
      return Optional.empty();
    }
    boolean longEnoughToRead = calm > READING.toNanos();
    return ledger.overdue(
        revision(),
        now - NEWS.toNanos(),
        longEnoughToRead ? now - READING.toNanos() : Long.MIN_VALUE);
  }

  @Override
  public void close() {
    watcher.close();
  }

  @Override
  public String toString() {
    return watcher + " r" + revision() + ", newest r" + newest();
  }
}
