package dev.entitlements.local.internal.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.entitlements.local.Rpc;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.fault.Call;
import dev.entitlements.local.internal.fault.FaultGate;
import dev.entitlements.local.internal.topic.TopicHub;
import dev.entitlements.local.internal.topic.TopicName;
import dev.entitlements.local.internal.topic.TopicValue;
import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicValue;
import grpc.common._Empty;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Momento Topics. */
final class PubsubService extends PubsubGrpc.PubsubImplBase {
  private final TopicHub hub;
  private final FaultGate gate;
  private final Unary unary;

  PubsubService(TopicHub hub, FaultGate gate, Unary unary) {
    this.hub = hub;
    this.gate = gate;
    this.unary = unary;
  }

  @Override
  public void publish(_PublishRequest request, StreamObserver<_Empty> observer) {
    unary.answer(
        observer,
        Call.of(Rpc.PUBLISH, request.getCacheName(), request.getTopic()),
        () -> {
          hub.publish(
              CallContext.principal(),
              new TopicName(request.getCacheName(), request.getTopic()),
              value(request.getValue()));
          return _Empty.getDefaultInstance();
        });
  }

  @Override
  public void subscribe(_SubscriptionRequest request, StreamObserver<_SubscriptionItem> observer) {
    GrpcSink sink =
        new GrpcSink(
            (ServerCallStreamObserver<_SubscriptionItem>) observer,
            ServiceRequestContext.current().eventLoop().withoutContext());
    var unused =
        gate.pass(
                Call.of(Rpc.SUBSCRIBE, request.getCacheName(), request.getTopic()),
                CallContext.executor(),
                () ->
                    hub.subscribe(
                        CallContext.principal(),
                        new TopicName(request.getCacheName(), request.getTopic()),
                        request.getResumeAtTopicSequenceNumber(),
                        request.getSequencePage(),
                        sink))
            .whenComplete(
                (subscription, failure) -> {
                  if (failure == null) {
                    sink.attach(subscription);
                  } else {
                    observer.onError(Unary.error(failure));
                  }
                });
  }

  private static TopicValue value(_TopicValue value) {
    return switch (value.getKindCase()) {
      case TEXT -> new TopicValue(true, value.getTextBytes());
      case BINARY -> new TopicValue(false, value.getBinary());
      case KIND_NOT_SET -> throw Refusal.invalid("No value to publish");
    };
  }
}
