package dev.entitlements.local.internal.cache;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a key: the item there is, and the one that the last write replaced, for reads
 * that a fault makes stale. Neither need be there.
 */
record Entry(@Nullable Item present, @Nullable Item before) {
  private static final Entry NONE = new Entry(null, null);

  static Entry of(@Nullable Entry known) {
    return known == null ? NONE : known;
  }

  /** After a write, or a delete. */
  Entry replacedBy(@Nullable Item item, long now) {
    return new Entry(item, live(present, now));
  }

  /** The item; null when there is none, or its TTL has passed. */
  @Nullable Item present(long now) {
    return live(present, now);
  }

  /** The item that was there before; null when there was none, or its TTL has passed. */
  @Nullable Item before(long now) {
    return live(before, now);
  }

  /** This, or null when nothing is left of it. */
  @Nullable Entry swept(long now) {
    return present(now) == null && before(now) == null ? null : this;
  }

  private static @Nullable Item live(@Nullable Item item, long now) {
    return item == null || item.isGone(now) ? null : item;
  }
}
