package dev.entitlements.server.soak;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.internal.TopicMessage;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.Subscription;
import dev.entitlements.momento.SubscriptionListener;
import dev.entitlements.momento.TopicItem;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The least that a player must do: subscribe, read the item once the stream is alive, keep the
 * highest revision, and begin anew when the stream ends.
 */
final class TopicWatcher implements SubscriptionListener, AutoCloseable {
  private final GrpcMomento momento;
  private final String userId;
  private final ScheduledExecutorService timer;
  private final AtomicReference<Entitlements> newest = new AtomicReference<>();
  private volatile Subscription stream;
  private volatile boolean isAlive;
  private volatile boolean isClosed;

  TopicWatcher(GrpcMomento momento, String userId, ScheduledExecutorService timer) {
    this.momento = momento;
    this.userId = userId;
    this.timer = timer;
  }

  TopicWatcher start() {
    if (!isClosed) {
      isAlive = false;
      stream = momento.subscribe(userId, this);
      stream.request(1);
    }
    return this;
  }

  Optional<Entitlements> newest() {
    return Optional.ofNullable(newest.get());
  }

  @Override
  public void onHeartbeat() {
    if (!isAlive) {
      isAlive = true;
      read();
    }
    stream.request(1);
  }

  @Override
  public void onMessage(TopicItem message) {
    TopicMessage decoded = EntitlementsCodec.decodeMessage(userId, message.value());
    decoded.snapshot().ifPresentOrElse(this::offer, this::read);
    stream.request(1);
  }

  @Override
  public void onDiscontinuity(long newSequencePage) {
    read();
    stream.request(1);
  }

  @Override
  public void onEnd(Optional<EntitlementsException> error) {
    later(this::start);
  }

  private void read() {
    momento
        .get(userId, Consistency.CONSISTENT)
        .whenComplete(
            (item, error) -> {
              if (error != null) {
                later(this::read);
              } else {
                item.ifPresent(bytes -> offer(EntitlementsCodec.decodeItem(userId, bytes)));
              }
            });
  }

  private void offer(Entitlements snapshot) {
    newest.accumulateAndGet(
        snapshot,
        (held, offered) -> held == null || offered.revision() > held.revision() ? offered : held);
  }

  private void later(Runnable step) {
    if (!isClosed) {
      timer.schedule(step, 50, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    stream.cancel();
  }
}
