package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.EntitlementsCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A snapshot together with the bytes that are, or will be, stored. */
final class Document {
  /** Momento's limit for key and value of an item together. */
  private static final int MAX_ITEM_BYTES = 5 * 1024 * 1024;

  /** Momento's limit for a topic message. */
  private static final int MAX_MESSAGE_BYTES = 4096;

  private final Entitlements snapshot;
  private final byte[] bytes;

  private Document(Entitlements snapshot, byte[] bytes) {
    this.snapshot = snapshot;
    this.bytes = bytes;
  }

  /**
   * Writes a snapshot. What can be built can be read, so the size is all there is to check.
   *
   * @throws EntitlementsException of kind TOO_LARGE
   */
  static Document of(String key, Entitlements snapshot) {
    byte[] bytes = EntitlementsCodec.encodeUtf8(snapshot);
    int size = bytes.length + key.getBytes(StandardCharsets.UTF_8).length;
    if (size > MAX_ITEM_BYTES) {
      throw new EntitlementsException(
          ErrorKind.TOO_LARGE,
          "the document and its key are "
              + size
              + " bytes; Momento takes "
              + MAX_ITEM_BYTES
              + " at most, so nothing was sent");
    }
    return new Document(snapshot, bytes);
  }

  /** What is stored already. */
  static Document stored(Entitlements snapshot, byte[] bytes) {
    return new Document(snapshot, bytes);
  }

  /** Finds out before anything is sent whether a content can be published at all. */
  static void requirePublishable(String key, Entitlements.Content content) {
    of(key, Entitlements.of(content, StoreRules.MAX_REVISION, Instant.EPOCH));
  }

  Entitlements snapshot() {
    return snapshot;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean fitsIntoMessage() {
    return bytes.length <= MAX_MESSAGE_BYTES;
  }

  String message() {
    return fitsIntoMessage()
        ? new String(bytes, StandardCharsets.UTF_8)
        : EntitlementsCodec.encodeNotice(snapshot.userId(), snapshot.revision());
  }
}
