package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.server.PublishReceipt;
import dev.entitlements.server.PublishReceipt.Delivery;
import java.nio.charset.StandardCharsets;

/**
 * What players are told: the document where it fits, else that there is a new one.
 *
 * @param text what is sent
 * @param delivery which of the two it is
 */
record Message(String text, Delivery delivery) {
  static Message of(Document document) {
    byte[] published = document.published();
    if (published.length <= PublishReceipt.MAX_MESSAGE_BYTES) {
      return new Message(new String(published, StandardCharsets.UTF_8), Delivery.INLINE);
    }
    Entitlements snapshot = document.snapshot();
    return new Message(
        EntitlementsCodec.encodeNotice(snapshot.userId(), snapshot.revision()), Delivery.NOTICE);
  }
}
