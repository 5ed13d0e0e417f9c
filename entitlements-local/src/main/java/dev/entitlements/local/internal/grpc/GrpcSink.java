package dev.entitlements.local.internal.grpc;

import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.topic.EventSink;
import dev.entitlements.local.internal.topic.Subscription;
import dev.entitlements.local.internal.topic.TopicEvent;
import dev.entitlements.local.internal.topic.TopicValue;
import grpc.cache_client.pubsub._Discontinuity;
import grpc.cache_client.pubsub._Heartbeat;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._TopicItem;
import grpc.cache_client.pubsub._TopicValue;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a subscription's events down a gRPC stream. */
final class GrpcSink implements EventSink {
  private static final Logger log = LoggerFactory.getLogger(GrpcSink.class);
  private static final _SubscriptionItem HEARTBEAT =
      _SubscriptionItem.newBuilder().setHeartbeat(_Heartbeat.getDefaultInstance()).build();

  private final ServerCallStreamObserver<_SubscriptionItem> observer;
  private final Executor executor;
  private final AtomicReference<@Nullable CompletableFuture<Subscription>> opening =
      new AtomicReference<>();
  private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();

  /**
   * Begins to serve the stream.
   *
   * @param executor the event loop of the stream
   */
  GrpcSink(ServerCallStreamObserver<_SubscriptionItem> observer, Executor executor) {
    this.observer = observer;
    this.executor = executor;
    // To be set before the call's handler returns; by then the subscription may not be there yet.
    observer.setOnReadyHandler(this::drain);
    observer.setOnCancelHandler(this::close);
  }

  /** Ties the subscription to the stream's life, also while a fault keeps it from being opened. */
  void attach(CompletableFuture<Subscription> opens) {
    opening.set(opens);
    var unused =
        opens.whenComplete(
            (opened, failure) -> {
              if (failure == null) {
                subscription.set(opened);
                if (observer.isCancelled()) {
                  opened.close();
                }
              } else if (!opens.isCancelled()) {
                observer.onError(Unary.error(failure));
              }
            });
    if (observer.isCancelled()) {
      opens.cancel(false);
    }
  }

  @Override
  public boolean isReady() {
    return observer.isReady();
  }

  @Override
  public Executor executor() {
    return executor;
  }

  @Override
  public void send(TopicEvent event) {
    try {
      observer.onNext(message(event));
    } catch (RuntimeException e) {
      // The stream ended meanwhile; its cancellation cleans up.
      log.debug("A subscriber was gone when an event was to be sent", e);
    }
  }

  @Override
  public void end(@Nullable Refusal refusal) {
    try {
      if (refusal == null) {
        observer.onCompleted();
      } else {
        observer.onError(GrpcErrors.exception(refusal));
      }
    } catch (RuntimeException e) {
      log.debug("A subscriber was gone when its stream was to be ended", e);
    }
  }

  private void drain() {
    Subscription opened = subscription.get();
    if (opened != null) {
      opened.drain();
    }
  }

  private void close() {
    CompletableFuture<Subscription> opens = opening.get();
    if (opens != null) {
      opens.cancel(false);
    }
    Subscription opened = subscription.get();
    if (opened != null) {
      opened.close();
    }
  }

  private static _SubscriptionItem message(TopicEvent event) {
    if (event instanceof TopicEvent.Message message) {
      return _SubscriptionItem.newBuilder()
          .setItem(
              _TopicItem.newBuilder()
                  .setTopicSequenceNumber(message.sequence())
                  .setSequencePage(message.page())
                  .setPublisherId(message.publisherId())
                  .setValue(value(message.value())))
          .build();
    }
    if (event instanceof TopicEvent.Discontinuity discontinuity) {
      return _SubscriptionItem.newBuilder()
          .setDiscontinuity(
              _Discontinuity.newBuilder()
                  .setLastTopicSequence(discontinuity.lastSequence())
                  .setNewTopicSequence(discontinuity.nextSequence())
                  .setNewSequencePage(discontinuity.page()))
          .build();
    }
    return HEARTBEAT;
  }

  private static _TopicValue value(TopicValue value) {
    return value.isText()
        ? _TopicValue.newBuilder().setTextBytes(value.bytes()).build()
        : _TopicValue.newBuilder().setBinary(value.bytes()).build();
  }
}
