package dev.entitlements.local.internal.topic;

/** What a subscriber is told. */
public sealed interface TopicEvent {

  /** All is well, nothing is new. */
  record Heartbeat() implements TopicEvent {}

  /**
   * A message.
   *
   * @param sequence 1 for the first of its page, then one more each
   * @param publisherId token id of the publisher; empty for the API key
   */
  record Message(long sequence, long page, TopicValue value, String publisherId)
      implements TopicEvent {}

  /**
   * Something was missed.
   *
   * @param lastSequence the last that the subscriber was sent, or says to have; 0 when unknown
   * @param nextSequence the sequence of the message that comes next
   */
  record Discontinuity(long lastSequence, long nextSequence, long page) implements TopicEvent {}
}
