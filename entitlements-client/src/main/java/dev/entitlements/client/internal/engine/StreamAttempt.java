package dev.entitlements.client.internal.engine;

import dev.entitlements.EntitlementsException;
import dev.entitlements.SessionToken;
import dev.entitlements.client.internal.protocol.Event;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.momento.Subscription;
import dev.entitlements.momento.SubscriptionListener;
import dev.entitlements.momento.TopicItem;
import dev.entitlements.momento.TopicSubscriber;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscription stream, turned into events of its number. What comes is decoded on the serial
 * queue, and only what was decoded makes room for more: a flood stays with the service.
 */
final class StreamAttempt implements SubscriptionListener {
  private static final int WINDOW = 16;

  private final long attempt;
  private final String userId;
  private final Executor queue;
  private final Consumer<Event> events;
  private final Event heartbeat;

  // Touched only on the queue.
  private @Nullable Subscription subscription;
  private boolean active;

  StreamAttempt(long attempt, String userId, Executor queue, Consumer<Event> events) {
    this.attempt = attempt;
    this.userId = userId;
    this.queue = queue;
    this.events = events;
    this.heartbeat = Event.heartbeat(attempt);
  }

  void open(TopicSubscriber subscriber, SessionToken session) {
    subscription = subscriber.subscribe(session.key(), this);
    subscription.request(WINDOW);
  }

  void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onHeartbeat() {
    received(
        () -> {
          if (active) {
            events.accept(heartbeat);
          } else {
            active = true;
            events.accept(Event.streamActive(attempt));
          }
        });
  }

  @Override
  public void onMessage(TopicItem item) {
    received(() -> events.accept(decode(item)));
  }

  @Override
  public void onDiscontinuity(long newSequencePage) {
    received(() -> events.accept(Event.discontinuity(attempt)));
  }

  @Override
  public void onEnd(Optional<EntitlementsException> error) {
    queue.execute(() -> events.accept(Event.streamEnded(attempt, error)));
  }

  private void received(Runnable task) {
    queue.execute(
        () -> {
          task.run();
          if (subscription != null) {
            subscription.request(1);
          }
        });
  }

  private Event decode(TopicItem item) {
    try {
      return Event.message(
          attempt,
          EntitlementsCodec.decodeMessage(userId, item.value()),
          item.sequenceNumber(),
          item.sequencePage());
    } catch (EntitlementsException e) {
      return Event.badMessage(attempt, e, item.sequenceNumber(), item.sequencePage());
    }
  }
}
