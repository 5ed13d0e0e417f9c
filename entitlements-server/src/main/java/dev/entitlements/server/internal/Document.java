package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.EntitlementsCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A snapshot together with the bytes that are, or will be, stored. Those are what is published, and
 * in the cache also how often the document was renewed.
 */
final class Document {
  /** Momento's limit for key and value of an item together, less the room that renewals need. */
  static final int MAX_BYTES = 5 * 1024 * 1024 - EntitlementsCodec.MAX_RENEWALS_BYTES;

  /** The time of a stamp that takes most room. */
  private static final Instant WITH_MILLIS = Instant.ofEpochMilli(1);

  private final Entitlements snapshot;
  private final byte[] bytes;
  private final boolean isFresh;

  private Document(Entitlements snapshot, byte[] bytes, boolean isFresh) {
    this.snapshot = snapshot;
    this.bytes = bytes;
    this.isFresh = isFresh;
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
    return new Document(snapshot, bytes, true);
  }

  /** What is stored already. */
  static Document stored(Entitlements snapshot, byte[] bytes) {
    return new Document(snapshot, bytes, false);
  }

  /** The same snapshot in bytes that were never stored before. */
  Document renewed() {
    return stored(snapshot, EntitlementsCodec.renewed(bytes));
  }

  /** Finds out before anything is sent whether a content can be published, whatever its stamp. */
  static void requirePublishable(String key, Entitlements.Content content) {
    of(key, Entitlements.of(content, StoreRules.MAX_REVISION, WITH_MILLIS));
  }

  Entitlements snapshot() {
    return snapshot;
  }

  boolean isRenewed() {
    return !isFresh && EntitlementsCodec.isRenewed(bytes);
  }

  /** As stored. */
  byte[] bytes() {
    return bytes;
  }

  /** As published. */
  byte[] published() {
    return isFresh ? bytes : EntitlementsCodec.encodeUtf8(snapshot);
  }
}
