package dev.entitlements.local.internal.cache;

import com.google.protobuf.ByteString;
import dev.entitlements.local.internal.Limits;
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
  private final ConcurrentHashMap<ByteString, Item> items = new ConcurrentHashMap<>();
  private final Clock clock;

  // The timer thread's: where the sweep goes on.
  private Iterator<ByteString> sweepPosition = items.keySet().iterator();

  Cache(Clock clock) {
    this.clock = clock;
  }

  /** The value; null on a miss. */
  public @Nullable ByteString get(ByteString key) {
    Limits.checkKey(key);
    Item item = live(items.get(key));
    return item == null ? null : item.value();
  }

  public void set(ByteString key, ByteString value, long ttlMillis) {
    Limits.checkItem(key, value);
    items.put(key, item(value, ttlMillis));
  }

  /** True when it was stored. */
  public boolean setIf(ByteString key, ByteString value, long ttlMillis, Condition condition) {
    Limits.checkItem(key, value);
    Item replacement = item(value, ttlMillis);
    AtomicBoolean stored = new AtomicBoolean();
    items.compute(
        key,
        (k, before) -> {
          Item present = live(before);
          stored.set(condition.holds(present == null ? null : present.value()));
          return stored.get() ? replacement : present;
        });
    return stored.get();
  }

  public void delete(ByteString key) {
    Limits.checkKey(key);
    items.remove(key);
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
        (k, stored) -> {
          Item present = live(stored);
          sum.set(add(present == null ? ByteString.copyFromUtf8("0") : present.value(), amount));
          return item(ByteString.copyFromUtf8(Long.toString(sum.get())), ttlMillis);
        });
    return sum.get();
  }

  public TtlUpdate.Outcome updateTtl(ByteString key, TtlUpdate update, long ttlMillis) {
    Limits.checkKey(key);
    Limits.checkTtl(ttlMillis);
    AtomicReference<TtlUpdate.Outcome> outcome = new AtomicReference<>(TtlUpdate.Outcome.MISSING);
    items.computeIfPresent(
        key,
        (k, stored) -> {
          Item present = live(stored);
          if (present == null) {
            return null;
          }
          if (!update.applies(present.expiresAt() - clock.millis(), ttlMillis)) {
            outcome.set(TtlUpdate.Outcome.NOT_SET);
            return present;
          }
          outcome.set(TtlUpdate.Outcome.SET);
          return item(present.value(), ttlMillis);
        });
    return Objects.requireNonNull(outcome.get());
  }

  /** Milliseconds that the item has left; empty on a miss. */
  public OptionalLong remainingTtl(ByteString key) {
    Limits.checkKey(key);
    Item item = live(items.get(key));
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
      items.computeIfPresent(sweepPosition.next(), (key, stored) -> live(stored));
    }
  }

  /** How many are held in memory, gone ones included. */
  int heldItems() {
    return items.size();
  }

  private Item item(ByteString value, long ttlMillis) {
    return new Item(value, clock.millis() + Limits.checkTtl(ttlMillis));
  }

  private @Nullable Item live(@Nullable Item item) {
    return item == null || item.isGone(clock.millis()) ? null : item;
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
