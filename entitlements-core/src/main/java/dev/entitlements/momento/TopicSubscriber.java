package dev.entitlements.momento;

/** Subscribes to topics of one cache. */
public interface TopicSubscriber {
  /**
   * Opens one subscription stream. It is one attempt: it never reconnects, and it ends exactly
   * once.
   *
   * @param topic the topic
   * @param listener is told what comes, one call at a time
   * @return the stream, from which nothing comes until {@link Subscription#request} asks for it
   */
  Subscription subscribe(String topic, SubscriptionListener listener);
}
