package dev.entitlements.local.internal.topic;

/** How a message gets to a subscriber: as it should, or not. The topic's lock is held. */
@FunctionalInterface
interface Delivery {
  void deliver(TopicEvent.Message message, Subscriber subscriber);
}
