package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.EntitlementsCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot together with the bytes that are, or will be, stored. Those are what is published, and
 * in the cache also how often the document was renewed. Of one call, and not shared with others.
 */
final class Document {
  /** Momento's limit for key and value of an item together, less the room that renewals need. */
  static final int MAX_BYTES = 5 * 1024 * 1024 - EntitlementsCodec.MAX_RENEWALS_BYTES;

  /** The time of a stamp that takes most room. */
  private static final Instant WITH_MILLIS = Instant.ofEpochMilli(1);

  private final RememberedItem item;
  private final boolean isFresh;

  /** Read from the bytes when it is first asked for: to be overwritten it need not be known. */
  private @Nullable Entitlements snapshot;

  private Document(RememberedItem item, @Nullable Entitlements snapshot, boolean isFresh) {
    this.item = item;
    this.snapshot = snapshot;
    this.isFresh = isFresh;
  }

  private Document(byte[] bytes, Entitlements snapshot, boolean isFresh) {
    this(
        new RememberedItem(bytes, snapshot.revision(), snapshot.content().hashCode()),
        snapshot,
        isFresh);
  }

  /**
   * Writes a snapshot. What can be built can be read, so the size is all there is to check.
   *
   * @throws EntitlementsException of kind TOO_LARGE
   */
  static Document of(String key, Entitlements snapshot) {
    byte[] bytes = EntitlementsCodec.encodeUtf8(snapshot);
    int room = MAX_BYTES - key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes.length > room) {
      throw new EntitlementsException(
          ErrorKind.TOO_LARGE,
          "the document is "
              + bytes.length
              + " bytes; under this key Momento takes "
              + room
              + " at most, so nothing was sent");
    }
    return new Document(bytes, snapshot, true);
  }

  /** What is stored already. */
  static Document stored(Entitlements snapshot, byte[] bytes) {
    return new Document(bytes, snapshot, false);
  }

  /** What this process stored. */
  static Document remembered(RememberedItem item) {
    return new Document(item, null, false);
  }

  /** The same snapshot in bytes that were never stored before. */
  Document renewed() {
    return new Document(
        new RememberedItem(EntitlementsCodec.renewed(bytes()), item.revision(), item.contentHash()),
        snapshot,
        false);
  }

  /** Finds out before anything is sent whether a content can be published, whatever its stamp. */
  static void requirePublishable(String key, Entitlements.Content content) {
    of(key, Entitlements.of(content, StoreRules.MAX_REVISION, WITH_MILLIS));
  }

  long revision() {
    return item.revision();
  }

  boolean holds(Entitlements.Content content) {
    return item.contentHash() == content.hashCode() && snapshot().content().equals(content);
  }

  Entitlements snapshot() {
    if (snapshot == null) {
      snapshot = EntitlementsCodec.decode(new String(bytes(), StandardCharsets.UTF_8));
    }
    return snapshot;
  }

  RememberedItem toRemember() {
    return item;
  }

  boolean isRenewed() {
    return !isFresh && EntitlementsCodec.isRenewed(bytes());
  }

  /** As stored. */
  byte[] bytes() {
    return item.bytes();
  }

  /** As published. */
  byte[] published() {
    return isFresh ? bytes() : EntitlementsCodec.encodeUtf8(snapshot());
  }
}
