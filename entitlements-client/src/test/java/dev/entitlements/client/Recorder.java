package dev.entitlements.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that keeps what it is told, and notices when it is told it wrongly. */
final class Recorder implements EntitlementListener {
  private final List<EntitlementChange> changes = new CopyOnWriteArrayList<>();
  private final List<WatcherStatus> statuses = new CopyOnWriteArrayList<>();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean concurrent;

  @Override
  public void onChange(EntitlementChange change) {
    enter();
    changes.add(change);
    leave();
  }

  @Override
  public void onStatus(WatcherStatus status) {
    enter();
    statuses.add(status);
    leave();
  }

  private void enter() {
    concurrent |= inside.incrementAndGet() > 1;
    threads.add(Thread.currentThread().getName());
  }

  private void leave() {
    inside.decrementAndGet();
  }

  List<EntitlementChange> changes() {
    return changes;
  }

  List<WatcherStatus> statuses() {
    return statuses;
  }

  Set<String> threads() {
    return threads;
  }

  EntitlementChange last() {
    return changes.get(changes.size() - 1);
  }

  boolean sawState(WatcherStatus.State state) {
    return statuses.stream().anyMatch(s -> s.state() == state);
  }

  boolean sawReason(WatcherStatus.Reason reason) {
    return statuses.stream().anyMatch(s -> s.reason().filter(reason::equals).isPresent());
  }

  /** P2 and P3, by the listener's own account. */
  void assertEachChangeFollowsTheOneBefore() {
    assertThat(concurrent).as("two callbacks at a time").isFalse();
    Entitlements before = null;
    for (EntitlementChange change : changes) {
      assertThat(change.previous().orElse(null)).isEqualTo(before);
      assertThat(change.added().size() + change.removed().size() + change.changed().size())
          .as("a change that changes something: %s", change)
          .isPositive();
      if (before != null) {
        assertThat(change.current().revision()).isGreaterThanOrEqualTo(before.revision());
      }
      before = change.current();
    }
  }
}
