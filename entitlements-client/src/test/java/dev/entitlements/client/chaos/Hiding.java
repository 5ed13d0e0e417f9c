package dev.entitlements.client.chaos;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The times in which those who listen to one user may hear nothing, and cannot know. */
final class Hiding {
  private final AtomicLong begun = new AtomicLong();
  private final AtomicInteger underway = new AtomicInteger();
  private final AtomicLong endNanos = new AtomicLong(System.nanoTime());

  void begin() {
    underway.incrementAndGet();
    begun.incrementAndGet();
  }

  void end() {
    endNanos.accumulateAndGet(System.nanoTime(), Math::max);
    underway.decrementAndGet();
  }

  /** To be given to {@link #since}. */
  long mark() {
    return underway.get() > 0 ? -1 : begun.get();
  }

  /** Whether something was hidden at the mark or later. */
  boolean since(long mark) {
    return mark < 0 || mark != begun.get();
  }

  /** How long nothing has been hidden; nothing or less while something is. */
  long quietNanos() {
    long quiet = System.nanoTime() - endNanos.get();
    return underway.get() > 0 ? 0 : quiet;
  }
}
