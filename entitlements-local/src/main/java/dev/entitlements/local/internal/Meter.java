package dev.entitlements.local.internal;

import dev.entitlements.local.Operations;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is carried out. Many threads count at a time. */
public final class Meter {
  private final Tally reads = new Tally();
  private final Tally writes = new Tally();
  private final Tally publishes = new Tally();
  private final Tally deliveries = new Tally();
  private final LongAdder consistentReads = new LongAdder();
  private final LongAdder subscriptions = new LongAdder();
  private final LongAdder tokens = new LongAdder();

  /** What so many bytes count: one per kilobyte begun, and one at least. */
  public static int units(int bytes) {
    return Math.max(1, (bytes + 1023) / 1024);
  }

  public void read(int bytes) {
    reads.add(bytes);
  }

  /** In addition to {@link #read}. */
  public void consistentRead() {
    consistentReads.increment();
  }

  public void write(int bytes) {
    writes.add(bytes);
  }

  public void publish(int bytes) {
    publishes.add(bytes);
  }

  public void delivery(int bytes) {
    deliveries.add(bytes);
  }

  public void subscription() {
    subscriptions.increment();
  }

  public void token() {
    tokens.increment();
  }

  public Operations soFar() {
    return new Operations(
        reads.soFar(),
        writes.soFar(),
        publishes.soFar(),
        deliveries.soFar(),
        consistentReads.sum(),
        subscriptions.sum(),
        tokens.sum());
  }

  private static final class Tally {
    private final LongAdder calls = new LongAdder();
    private final LongAdder units = new LongAdder();

    void add(int bytes) {
      calls.increment();
      units.add(units(bytes));
    }

    Operations.Count soFar() {
      return new Operations.Count(calls.sum(), units.sum());
    }
  }
}
