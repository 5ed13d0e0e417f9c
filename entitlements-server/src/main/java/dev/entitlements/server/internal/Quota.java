package dev.entitlements.server.internal;

import java.util.concurrent.atomic.AtomicLong;

/** How often the service refused a call of this publisher because its quota was used up. */
public final class Quota {
  private final AtomicLong exceeded = new AtomicLong();

  void exceeded() {
    exceeded.incrementAndGet();
  }

  long timesExceeded() {
    return exceeded.get();
  }
}
