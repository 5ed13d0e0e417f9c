package dev.entitlements.local.internal.fault;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A rule at work: how often it struck, and the calls it holds. */
public final class RunningFault {
  private final long id;
  private final FaultRule rule;
  private final FaultBoard board;
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong lastHeld = new AtomicLong();
  private final Map<Long, CompletableFuture<Void>> held = new ConcurrentHashMap<>();
  private volatile boolean ended;

  RunningFault(long id, FaultRule rule, FaultBoard board) {
    this.id = id;
    this.rule = rule;
    this.board = board;
  }

  public long id() {
    return id;
  }

  public FaultRule rule() {
    return rule;
  }

  public long hits() {
    return hits.get();
  }

  /** Whether it strikes no more. Calls it holds are held until it is ended. */
  public boolean isOver() {
    return ended || isSpent();
  }

  /** Ends it, and lets go of what it holds. Idempotent. */
  public void end() {
    board.end(this);
  }

  /** Takes one of its times; false when there is none left. */
  boolean strike() {
    if (ended) {
      return false;
    }
    if (rule.times() == FaultRule.UNLIMITED) {
      hits.incrementAndGet();
      return true;
    }
    return hits.getAndUpdate(n -> n < rule.times() ? n + 1 : n) < rule.times();
  }

  /** A future that is done when the fault has ended, if nobody completes it before. */
  CompletableFuture<Void> hold() {
    CompletableFuture<Void> release = new CompletableFuture<>();
    long number = lastHeld.incrementAndGet();
    held.put(number, release);
    var unused = release.whenComplete((done, failure) -> held.remove(number));
    if (ended) {
      release.complete(null);
    }
    return release;
  }

  /** Called by the board alone, once it is no longer listed there. */
  void release() {
    ended = true;
    List.copyOf(held.values()).forEach(release -> release.complete(null));
  }

  private boolean isSpent() {
    return rule.times() != FaultRule.UNLIMITED && hits.get() >= rule.times();
  }
}
