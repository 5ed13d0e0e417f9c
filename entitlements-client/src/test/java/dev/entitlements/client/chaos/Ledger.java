package dev.entitlements.client.chaos;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What was published for one user: the truth against which watchers are held. */
final class Ledger {
  private static final Duration KEPT = Duration.ofSeconds(60);

  /** When those who should know of it could not. */
  final Hiding hiding = new Hiding();

  private final AtomicLong newest = new AtomicLong();
  private final AtomicLong count = new AtomicLong();
  private final Queue<Publication> recent = new ConcurrentLinkedQueue<>();

  void add(Publication publication) {
    newest.accumulateAndGet(publication.revision(), Math::max);
    count.incrementAndGet();
    recent.add(publication);
    long old = publication.acceptedNanos() - KEPT.toNanos();
    recent.removeIf(p -> p.acceptedNanos() < old);
  }

  long newest() {
    return newest.get();
  }

  long count() {
    return count.get();
  }

  /**
   * A publication of which a watcher should know that has been live for that long.
   *
   * @param revision what the watcher holds
   * @param lateNanos what was accepted before should have been heard
   * @param silentNanos what was stored before, and not told, should have been found by reading
   */
  Optional<Publication> overdue(long revision, long lateNanos, long silentNanos) {
    return recent.stream()
        .filter(p -> p.revision() > revision)
        .filter(p -> p.acceptedNanos() < (p.told() ? lateNanos : silentNanos))
        .findFirst();
  }
}
