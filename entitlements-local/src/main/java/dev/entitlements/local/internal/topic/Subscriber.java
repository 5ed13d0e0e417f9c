package dev.entitlements.local.internal.topic;

import dev.entitlements.local.internal.Refusal;
import org.jspecify.annotations.Nullable;

/** A topic's side of a subscription. */
interface Subscriber {

  /** Takes the event, in order and without sending anything: the topic's lock is held. */
  void enqueue(TopicEvent event);

  /** Notes that a message is not delivered; no lock but the topic's is held. */
  void skip(TopicEvent.Message message);

  /** Keeps the message until the next event but a heartbeat was taken; the topic's lock is held. */
  void holdBack(TopicEvent.Message message);

  /** Whether it keeps one. */
  boolean isHoldingBack();

  /** Sends what was taken, as far as the other side reads. Called with no lock held. */
  void drain();

  /** Ends the subscription after what was taken; with no refusal it ends normally. */
  void end(@Nullable Refusal refusal);
}
