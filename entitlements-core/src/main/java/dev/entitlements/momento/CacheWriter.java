package dev.entitlements.momento;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes items of one cache, each only if it is still what the writer has seen. */
public interface CacheWriter {
  /**
   * Compare-and-set: stores a value if the item is what the writer has seen, neither more nor less.
   * An item that has run out since is not what was seen: others may have stored in between, and
   * that may have run out too.
   *
   * @param key the item's key
   * @param expected the bytes that may be overwritten, or null if there must be no item
   * @param value the new bytes
   * @param ttl how long the item is kept, at most 24 hours on a default account
   * @return completes with true if the value was stored, false if the item is something else; fails
   *     with an {@link dev.entitlements.EntitlementsException}, and then it is unknown whether it
   *     was stored. Completed on a thread that must not be blocked.
   */
  CompletableFuture<Boolean> replace(
      String key, byte @Nullable [] expected, byte[] value, Duration ttl);

  /**
   * Whether {@link #replace} compares and sets in one step, so that nothing comes in between. Where
   * it does not, each write is a risk to what others store at the same moment, and publishers then
   * renew an item by its own bytes, which a writer can do without writing them.
   *
   * @return true, unless an implementation says otherwise
   */
  default boolean isAtomic() {
    return true;
  }
}
