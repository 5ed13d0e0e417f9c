package dev.entitlements.local.internal.topic;

import dev.entitlements.local.internal.RateLimiter;
import dev.entitlements.local.internal.fault.FaultBoard;
import dev.entitlements.local.internal.fault.FaultKind;

/** Delivers within the quota, and as the faults that are set want it. */
final class FaultyDelivery implements Delivery {
  private final TopicName topic;
  private final RateLimiter operations;
  private final FaultBoard faults;

  FaultyDelivery(TopicName topic, RateLimiter operations, FaultBoard faults) {
    this.topic = topic;
    this.operations = operations;
    this.faults = faults;
  }

  @Override
  public void deliver(TopicEvent.Message message, Subscriber subscriber) {
    if (!operations.tryAcquire(message.value().cost())) {
      subscriber.skip(message);
      return;
    }
    // While one is held back the next must pass, else it would wait for ever.
    FaultKind fault =
        subscriber.isHoldingBack() ? null : faults.strikeDelivery(topic.cache(), topic.topic());
    if (fault == FaultKind.DROP) {
      return;
    }
    if (fault == FaultKind.REORDER) {
      subscriber.holdBack(message);
      return;
    }
    subscriber.enqueue(message);
    if (fault == FaultKind.REPEAT) {
      subscriber.enqueue(message);
    }
  }
}
