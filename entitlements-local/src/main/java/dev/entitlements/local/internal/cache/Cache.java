package dev.entitlements.local.internal.cache;

import com.google.protobuf.ByteString;
import dev.entitlements.local.internal.Limits;
import dev.entitlements.local.internal.Meter;
import dev.entitlements.local.internal.Refusal;
import io.grpc.Status;
import java.time.Clock;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The scalar items of one cache. Each operation is atomic for its key: it is one step of the map.
 * An item whose TTL has passed is never seen again, whether it was swept yet or not.
 */
public final class Cache {
  private final ConcurrentHashMap<ByteString, Entry> items = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Meter meter;

  // The timer thread's: where the sweep goes on.
  private Iterator<ByteString> sweepPosition = items.keySet().iterator();

  Cache(Clock clock, Meter meter) {
    this.clock = clock;
    this.meter = meter;
  }

  /** The value; null on a miss. */
  public @Nullable ByteString get(ByteString key) {
    Limits.checkKey(key);
    return read(present(key));
  }

  /** Whether there is a value. */
  public boolean has(ByteString key) {
    Limits.checkKey(key);
    meter.read(0);
    return present(key) != null;
  }

  /** The value before the last write or delete; null where that was a miss. */
  public @Nullable ByteString getStale(ByteString key) {
    Limits.checkKey(key);
    return read(Entry.of(items.get(key)).before(clock.millis()));
  }

  public void set(ByteString key, ByteString value, long ttlMillis) {
    Limits.checkItem(key, value);
    Item replacement = item(value, ttlMillis);
    meter.write(value.size());
    items.compute(key, (k, known) -> Entry.of(known).replacedBy(replacement, clock.millis()));
  }

  /** True when it was stored. */
  public boolean setIf(ByteString key, ByteString value, long ttlMillis, Condition condition) {
    Limits.checkItem(key, value);
    Item replacement = item(value, ttlMillis);
    meter.write(value.size());
    AtomicBoolean stored = new AtomicBoolean();
    items.compute(
        key,
        (k, known) -> {
          Entry entry = Entry.of(known);
          long now = clock.millis();
          Item present = entry.present(now);
          stored.set(condition.holds(present == null ? null : present.value()));
          return stored.get() ? entry.replacedBy(replacement, now) : entry.swept(now);
        });
    return stored.get();
  }

  public void delete(ByteString key) {
    Limits.checkKey(key);
    meter.write(0);
    items.computeIfPresent(
        key,
        (k, entry) -> {
          long now = clock.millis();
          // One that was deleted twice was a miss before the last delete, too.
          return entry.replacedBy(null, now).swept(now);
        });
  }

  /**
   * Adds to a decimal integer; a missing one counts as 0.
   *
   * @throws Refusal FAILED_PRECONDITION when what is stored is no integer of 64 bits, or the sum
   *     would not be
   */
  public long increment(ByteString key, long amount, long ttlMillis) {
    Limits.checkKey(key);
    Limits.checkTtl(ttlMillis);
    AtomicLong sum = new AtomicLong();
    items.compute(
        key,
        (k, known) -> {
          Entry entry = Entry.of(known);
          long now = clock.millis();
          Item present = entry.present(now);
          sum.set(add(present == null ? ByteString.copyFromUtf8("0") : present.value(), amount));
          return entry.replacedBy(
              item(ByteString.copyFromUtf8(Long.toString(sum.get())), ttlMillis), now);
        });
    meter.write(0);
    return sum.get();
  }

  public TtlUpdate.Outcome updateTtl(ByteString key, TtlUpdate update, long ttlMillis) {
    Limits.checkKey(key);
    Limits.checkTtl(ttlMillis);
    meter.write(0);
    AtomicReference<TtlUpdate.Outcome> outcome = new AtomicReference<>(TtlUpdate.Outcome.MISSING);
    items.computeIfPresent(
        key,
        (k, entry) -> {
          long now = clock.millis();
          Item present = entry.present(now);
          if (present == null) {
            return entry.swept(now);
          }
          if (!update.applies(present.expiresAt() - now, ttlMillis)) {
            outcome.set(TtlUpdate.Outcome.NOT_SET);
            return entry;
          }
          outcome.set(TtlUpdate.Outcome.SET);
          return new Entry(item(present.value(), ttlMillis), entry.before());
        });
    return Objects.requireNonNull(outcome.get());
  }

  /** Milliseconds that the item has left; empty on a miss. */
  public OptionalLong remainingTtl(ByteString key) {
    Limits.checkKey(key);
    meter.read(0);
    Item item = present(key);
    return item == null ? OptionalLong.empty() : OptionalLong.of(item.expiresAt() - clock.millis());
  }

  public void flush() {
    items.clear();
  }

  /** Looks at some more items and drops those that are gone, so that unread ones do not pile up. */
  void sweep(int atMost) {
    if (!sweepPosition.hasNext()) {
      sweepPosition = items.keySet().iterator();
    }
    for (int looked = 0; looked < atMost && sweepPosition.hasNext(); looked++) {
      items.computeIfPresent(sweepPosition.next(), (key, entry) -> entry.swept(clock.millis()));
    }
  }

  /** How many are held in memory, gone ones included. */
  int heldItems() {
    return items.size();
  }

  private @Nullable ByteString read(@Nullable Item item) {
    meter.read(item == null ? 0 : item.value().size());
    return item == null ? null : item.value();
  }

  private Item item(ByteString value, long ttlMillis) {
    return new Item(value, clock.millis() + Limits.checkTtl(ttlMillis));
  }

  private @Nullable Item present(ByteString key) {
    return Entry.of(items.get(key)).present(clock.millis());
  }

  private static long add(ByteString present, long amount) {
    try {
      return Math.addExact(Long.parseLong(present.toStringUtf8()), amount);
    } catch (NumberFormatException e) {
      throw Refusal.of(
          Status.Code.FAILED_PRECONDITION, "Cannot increment: the value is not a decimal integer");
    } catch (ArithmeticException e) {
      throw Refusal.of(
          Status.Code.FAILED_PRECONDITION, "Cannot increment: the sum exceeds 64 bits");
    }
  }
}
