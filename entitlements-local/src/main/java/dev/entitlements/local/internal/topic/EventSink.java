package dev.entitlements.local.internal.topic;

import dev.entitlements.local.internal.Refusal;
import org.jspecify.annotations.Nullable;

/** Where a subscription's events go: a gRPC stream, or the answer to a long poll. */
public interface EventSink {

  /** Whether the other side reads; when it becomes so again, {@link Subscription#drain} is due. */
  boolean isReady();

  /** Called one at a time. */
  void send(TopicEvent event);

  /** Called once, after all else; with no refusal the subscription ends normally. */
  void end(@Nullable Refusal refusal);
}
