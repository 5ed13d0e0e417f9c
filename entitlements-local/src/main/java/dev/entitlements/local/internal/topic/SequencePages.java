package dev.entitlements.local.internal.topic;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Gives out sequence pages: the time in seconds, and always more than any given before. */
final class SequencePages {
  private final AtomicLong last = new AtomicLong();
  private final Clock clock;

  SequencePages(Clock clock) {
    this.clock = clock;
  }

  long next() {
    return last.updateAndGet(page -> Math.max(page + 1, clock.instant().getEpochSecond()));
  }
}
