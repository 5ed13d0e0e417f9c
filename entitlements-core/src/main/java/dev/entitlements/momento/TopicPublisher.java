package dev.entitlements.momento;

import java.util.concurrent.CompletableFuture;

/** Publishes on topics of one cache. */
public interface TopicPublisher {
  /**
   * Publishes one message. Never repeated by itself: a message may be delivered although the answer
   * was lost, so what is published must bear repetition.
   *
   * @param topic the topic
   * @param message the text, at most 4 KB of UTF-8
   * @return completes once the service has accepted the message, which says nothing of its
   *     delivery; fails with an {@link dev.entitlements.EntitlementsException}. Completed on a
   *     thread that must not be blocked.
   */
  CompletableFuture<Void> publish(String topic, String message);
}
