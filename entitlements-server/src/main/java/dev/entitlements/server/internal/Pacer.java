package dev.entitlements.server.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Spreads work so that no second holds more of it than is allowed: each piece gets its turn in the
 * order in which it came, the earliest turn that keeps a second's distance from the one {@code
 * perSecond} turns before. A few at once are so served at once, and a crowd at the allowed rate.
 *
 * <p>Turns, not tasks, are what is queued here: a turn is a point of time. Pure but for its own
 * state, which is guarded by this.
 */
public final class Pacer {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final int perSecond;
  private final long maxWaitNanos;
  private final Deque<Long> lastTurns = new ArrayDeque<>();

  /**
   * A pacer.
   *
   * @param perSecond how many turns a second holds, 0 for no limit
   */
  public Pacer(int perSecond, Duration maxWait) {
    this.perSecond = perSecond;
    this.maxWaitNanos = maxWait.toNanos();
  }

  /** How long to wait for one's turn, or empty, and then no turn is taken, if it is too long. */
  synchronized Optional<Duration> takeTurn(long nowNanos) {
    if (perSecond == 0) {
      return Optional.of(Duration.ZERO);
    }
    long wait = 0;
    if (lastTurns.size() == perSecond) {
      wait = Math.max(0, lastTurns.getFirst() + SECOND - nowNanos);
      if (wait > maxWaitNanos) {
        return Optional.empty();
      }
      lastTurns.removeFirst();
    }
    lastTurns.addLast(nowNanos + wait);
    return Optional.of(Duration.ofNanos(wait));
  }
}
