package dev.entitlements.internal;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** The machine's own. */
enum SystemTime implements TimeSource {
  INSTANCE;

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }
}
