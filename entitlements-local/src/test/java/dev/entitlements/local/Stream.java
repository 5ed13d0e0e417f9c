package dev.entitlements.local;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.cache_client.pubsub._Discontinuity;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._TopicItem;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The client's side of a subscription. */
class Stream implements ClientResponseObserver<Object, _SubscriptionItem> {
  private final BlockingQueue<_SubscriptionItem> items = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final boolean reading;
  private ClientCall<?, ?> call;
  private volatile ClientCallStreamObserver<?> requests;

  Stream() {
    this(true);
  }

  private Stream(boolean reading) {
    this.reading = reading;
  }

  /** One that takes nothing from the network until it is asked to. */
  static Stream notReading() {
    return new Stream(false);
  }

  void readOn() {
    requests.request(Integer.MAX_VALUE);
  }

  void cancelledBy(ClientCall<?, ?> startedCall) {
    call = startedCall;
  }

  void cancel() {
    call.cancel("done", null);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Object> observer) {
    requests = observer;
    if (!reading) {
      observer.disableAutoRequestWithInitial(1);
    }
  }

  @Override
  public void onNext(_SubscriptionItem item) {
    items.add(item);
  }

  @Override
  public void onError(Throwable thrown) {
    end.complete(Status.fromThrowable(thrown));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  /** The next event, heartbeats included. */
  _SubscriptionItem next() {
    try {
      _SubscriptionItem item = items.poll(10, TimeUnit.SECONDS);
      assertThat(item).as("an event within 10 s; ended: %s", end.getNow(null)).isNotNull();
      return item;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  _SubscriptionItem nextButHeartbeats() {
    _SubscriptionItem item = next();
    while (item.hasHeartbeat()) {
      item = next();
    }
    return item;
  }

  /** The next event, which must be a message. */
  _TopicItem message() {
    _SubscriptionItem item = nextButHeartbeats();
    assertThat(item.hasItem()).as("a message: %s", item).isTrue();
    return item.getItem();
  }

  String text() {
    return message().getValue().getText();
  }

  /** The next event, which must be a discontinuity. */
  _Discontinuity discontinuity() {
    _SubscriptionItem item = nextButHeartbeats();
    assertThat(item.hasDiscontinuity()).as("a discontinuity: %s", item).isTrue();
    return item.getDiscontinuity();
  }

  /** Waits for the first heartbeat: from then on the subscription is active. */
  Stream active() {
    assertThat(next().hasHeartbeat()).as("a heartbeat comes first").isTrue();
    return this;
  }

  /** How the stream ended, waited for. */
  Status end() {
    return end.orTimeout(10, TimeUnit.SECONDS).join();
  }

  boolean hasEnded() {
    return end.isDone();
  }

  /** Whether a heartbeat came rather than an end. */
  boolean isAccepted() throws InterruptedException {
    while (true) {
      if (items.poll(10, TimeUnit.MILLISECONDS) != null) {
        return true;
      }
      if (end.isDone()) {
        return false;
      }
    }
  }

  boolean hasNothing() {
    return items.isEmpty();
  }

  boolean isQuiet() {
    return items.stream().allMatch(_SubscriptionItem::hasHeartbeat);
  }
}
