package dev.entitlements.local.internal.topic;

import dev.entitlements.local.internal.Refusal;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Where a subscription's events go: a gRPC stream, or the answer to a long poll. */
public interface EventSink {

  /** Whether the other side reads; when it becomes so again, {@link Subscription#drain} is due. */
  boolean isReady();

  /**
   * Where all else is called: the other side's own thread, with the context of no other call. One
   * task at a time, in order.
   */
  Executor executor();

  /** Called one at a time. */
  void send(TopicEvent event);

  /** Called once, after all else; with no refusal the subscription ends normally. */
  void end(@Nullable Refusal refusal);
}
