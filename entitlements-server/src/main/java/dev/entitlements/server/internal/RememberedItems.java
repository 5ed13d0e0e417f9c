package dev.entitlements.server.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The items that this process stored last, so that the next publish for one of these users need not
 * read first. Whether an item is still what is remembered, only the compare-and-set over it tells.
 *
 * <p>Bounded by number and by bytes; the user longest not published for makes room. Guarded by
 * this.
 */
public final class RememberedItems {
  private final int maxUsers;
  private final long maxBytes;
  private final Map<String, RememberedItem> items = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * None yet.
   *
   * @param maxUsers of how many users at most, 0 to remember nothing
   * @param maxBytes how many bytes of ids and documents at most
   */
  public RememberedItems(int maxUsers, long maxBytes) {
    this.maxUsers = maxUsers;
    this.maxBytes = maxBytes;
  }

  synchronized Optional<RememberedItem> find(String userId) {
    return Optional.ofNullable(items.get(userId));
  }

  synchronized void put(String userId, RememberedItem item) {
    remove(userId);
    long size = sizeOf(userId, item);
    if (maxUsers == 0 || size > maxBytes) {
      return;
    }
    items.put(userId, item);
    bytes += size;
    makeRoom();
  }

  /** Forgets an item that is not what is stored, unless another one is remembered by now. */
  synchronized void forget(String userId, byte[] outdated) {
    RememberedItem item = items.get(userId);
    if (item != null && Arrays.equals(item.bytes(), outdated)) {
      remove(userId);
    }
  }

  synchronized int users() {
    return items.size();
  }

  synchronized long bytes() {
    return bytes;
  }

  private void makeRoom() {
    Iterator<Map.Entry<String, RememberedItem>> eldestFirst = items.entrySet().iterator();
    while (items.size() > maxUsers || bytes > maxBytes) {
      Map.Entry<String, RememberedItem> eldest = eldestFirst.next();
      bytes -= sizeOf(eldest.getKey(), eldest.getValue());
      eldestFirst.remove();
    }
  }

  private void remove(String userId) {
    RememberedItem before = items.remove(userId);
    if (before != null) {
      bytes -= sizeOf(userId, before);
    }
  }

  private static long sizeOf(String userId, RememberedItem item) {
    return userId.getBytes(StandardCharsets.UTF_8).length + (long) item.bytes().length;
  }
}
