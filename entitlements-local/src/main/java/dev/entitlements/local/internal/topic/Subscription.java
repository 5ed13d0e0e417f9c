package dev.entitlements.local.internal.topic;

import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.Timers.Timer;
import dev.entitlements.local.internal.auth.Principal;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One open subscription. It is left by {@link #close}, from whichever side. */
public final class Subscription {
  private final TopicName topic;
  private final Principal subscriber;
  private final Outbox outbox;
  private final TopicHub hub;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Timer heartbeats;

  Subscription(TopicName topic, Principal subscriber, Outbox outbox, TopicHub hub) {
    this.topic = topic;
    this.subscriber = subscriber;
    this.outbox = outbox;
    this.hub = hub;
  }

  /** To be called when the other side reads again. */
  public void drain() {
    outbox.drain();
  }

  /** To be called when the other side is gone. Idempotent. */
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Timer beating = heartbeats;
      if (beating != null) {
        beating.cancel();
      }
      hub.forget(this);
    }
  }

  /** Ends it from this side; with no refusal it ends normally. */
  void end(@Nullable Refusal refusal) {
    outbox.end(refusal);
    close();
  }

  void heartbeatsBy(Timer timer) {
    heartbeats = timer;
    if (closed.get()) {
      timer.cancel();
    }
  }

  void heartbeat() {
    outbox.enqueue(new TopicEvent.Heartbeat());
    outbox.drain();
  }

  boolean isClosed() {
    return closed.get();
  }

  /** Sends what a fault held up that is over. */
  void catchUp() {
    outbox.releaseHeldBack();
    outbox.drain();
  }

  Principal subscriber() {
    return subscriber;
  }

  TopicName topic() {
    return topic;
  }

  Outbox outbox() {
    return outbox;
  }
}
