package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.EntitlementsCodec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a publisher finds under a user's key: nothing, a document, or something unreadable. */
final class StoredItem {
  private static final String WHOSE =
      "If another system keeps its items in this cache, give one of the two a key prefix; if not, ";

  private final byte @Nullable [] bytes;
  private final @Nullable Document document;
  private final @Nullable EntitlementsException unreadable;

  private StoredItem(
      byte @Nullable [] bytes,
      @Nullable Document document,
      @Nullable EntitlementsException unreadable) {
    this.bytes = bytes;
    this.document = document;
    this.unreadable = unreadable;
  }

  /** What this process stored, as far as it knows. */
  static StoredItem remembered(RememberedItem item) {
    return new StoredItem(item.bytes(), Document.remembered(item), null);
  }

  /**
   * Reads what is stored. What is malformed counts as unreadable and may be overwritten.
   *
   * @throws EntitlementsException of kind UNKNOWN_SCHEMA or FOREIGN_USER: that is somebody's good
   *     data, and overwriting it would do harm
   */
  static StoredItem read(String userId, String key, Optional<byte[]> item) {
    if (item.isEmpty()) {
      return new StoredItem(null, null, null);
    }
    byte[] bytes = item.get();
    try {
      Entitlements snapshot = EntitlementsCodec.decodeItem(userId, bytes);
      return new StoredItem(bytes, Document.stored(snapshot, bytes), null);
    } catch (EntitlementsException e) {
      if (e.kind() == ErrorKind.MALFORMED) {
        return new StoredItem(bytes, null, e);
      }
      throw new EntitlementsException(
          e.kind(),
          "what is stored under key '"
              + key
              + "' was left as it is: "
              + e.getMessage()
              + (e.kind() == ErrorKind.FOREIGN_USER ? ". " + WHOSE + howToDelete(key) : ""),
          e);
    }
  }

  /** For the one who has to decide what the library must not. */
  static String howToDelete(String key) {
    return "delete the item of key '"
        + key
        + "' from the cache (any SDK's delete, or DELETE /cache/{cache}?key={key} of Momento's HTTP"
        + " API); the user's next publish or login stores it anew";
  }

  /** The bytes that may be overwritten, or null if nothing is stored. */
  byte @Nullable [] bytes() {
    return bytes;
  }

  Optional<Document> document() {
    return Optional.ofNullable(document);
  }

  Optional<EntitlementsException> unreadable() {
    return Optional.ofNullable(unreadable);
  }
}
