package dev.entitlements.momento;

import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicItem;
import grpc.cache_client.pubsub._TopicValue;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One subscription stream over gRPC. */
final class GrpcSubscription extends ClientCall.Listener<_SubscriptionItem>
    implements Subscription {
  private final ClientCall<_SubscriptionRequest, _SubscriptionItem> call;
  private final String name;
  private final SubscriptionListener listener;
  private final ChannelPool pool;
  private final ChannelPool.Lease lease;

  GrpcSubscription(
      ClientCall<_SubscriptionRequest, _SubscriptionItem> call,
      String name,
      SubscriptionListener listener,
      ChannelPool pool,
      ChannelPool.Lease lease) {
    this.call = call;
    this.name = name;
    this.listener = listener;
    this.pool = pool;
    this.lease = lease;
  }

  void start(_SubscriptionRequest request) {
    call.start(this, new Metadata());
    call.sendMessage(request);
    call.halfClose();
  }

  @Override
  public void request(int events) {
    call.request(events);
  }

  @Override
  public void cancel() {
    call.cancel("no longer wanted", null);
  }

  @Override
  public void onMessage(_SubscriptionItem item) {
    switch (item.getKindCase()) {
      case ITEM:
        listener.onMessage(toTopicItem(item.getItem()));
        break;
      case DISCONTINUITY:
        listener.onDiscontinuity(item.getDiscontinuity().getNewSequencePage());
        break;
      case HEARTBEAT:
      default:
        // A kind that is newer than these stubs is at least a sign of life.
        listener.onHeartbeat();
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    lease.close();
    listener.onEnd(
        status.isOk() ? Optional.empty() : Optional.of(pool.errorOf(name, status, trailers)));
  }

  private static TopicItem toTopicItem(_TopicItem item) {
    _TopicValue value = item.getValue();
    byte[] bytes =
        value.hasBinary()
            ? value.getBinary().toByteArray()
            : value.getText().getBytes(StandardCharsets.UTF_8);
    return new TopicItem(bytes, item.getTopicSequenceNumber(), item.getSequencePage());
  }
}
