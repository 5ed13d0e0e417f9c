package dev.entitlements.examples.benchmarks.floor;

import com.google.protobuf.ByteString;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetIfResponse;
import grpc.cache_client._SetRequest;
import grpc.cache_client._SetResponse;
import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicValue;
import grpc.common.Absent;
import grpc.common.Equal;
import grpc.common._Empty;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import momento.sdk.auth.CredentialProvider;
import org.jspecify.annotations.Nullable;

/** Momento's stubs on one channel, with nothing around them. */
public final class Stubs implements AutoCloseable {
  private static final long TTL_MILLIS = 3_600_000;

  private final String cacheName;
  private final ManagedChannel channel;
  private final ScsGrpc.ScsStub cache;
  private final PubsubGrpc.PubsubStub topics;

  /** Connects when it is first used. */
  public Stubs(CredentialProvider credentials, String cacheName) {
    this.cacheName = cacheName;
    channel =
        Grpc.newChannelBuilderForAddress(
                credentials.getCacheEndpoint(),
                credentials.getPort(),
                TlsChannelCredentials.create())
            .directExecutor()
            .build();
    Metadata headers = new Metadata();
    headers.put(header("authorization"), credentials.getAuthToken());
    headers.put(header("cache"), cacheName);
    Channel authorized =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    cache = ScsGrpc.newStub(authorized);
    topics = PubsubGrpc.newStub(authorized);
  }

  /** Sets the item, on no condition. */
  public Answer<_SetResponse> set(String key, ByteString value) {
    Answer<_SetResponse> answer = new Answer<>();
    cache.set(
        _SetRequest.newBuilder()
            .setCacheKey(ByteString.copyFromUtf8(key))
            .setCacheBody(value)
            .setTtlMilliseconds(TTL_MILLIS)
            .build(),
        answer);
    return answer;
  }

  /**
   * Sets the item if it is what it is expected to be.
   *
   * @param expected null if there is to be none
   */
  public Answer<_SetIfResponse> setIf(String key, @Nullable ByteString expected, ByteString value) {
    _SetIfRequest.Builder request =
        _SetIfRequest.newBuilder()
            .setCacheKey(ByteString.copyFromUtf8(key))
            .setCacheBody(value)
            .setTtlMilliseconds(TTL_MILLIS);
    if (expected == null) {
      request.setAbsent(Absent.getDefaultInstance());
    } else {
      request.setEqual(Equal.newBuilder().setValueToCheck(expected));
    }
    Answer<_SetIfResponse> answer = new Answer<>();
    cache.setIf(request.build(), answer);
    return answer;
  }

  /** Gets the item. */
  public Answer<_GetResponse> get(String key) {
    Answer<_GetResponse> answer = new Answer<>();
    cache.get(_GetRequest.newBuilder().setCacheKey(ByteString.copyFromUtf8(key)).build(), answer);
    return answer;
  }

  /** Publishes a message. */
  public Answer<_Empty> publish(String topic, ByteString message) {
    return publish(topic, _TopicValue.newBuilder().setBinary(message));
  }

  /** Publishes a message that is text. */
  public Answer<_Empty> publishText(String topic, ByteString utf8) {
    return publish(topic, _TopicValue.newBuilder().setTextBytes(utf8));
  }

  private Answer<_Empty> publish(String topic, _TopicValue.Builder value) {
    Answer<_Empty> answer = new Answer<>();
    topics.publish(
        _PublishRequest.newBuilder()
            .setCacheName(cacheName)
            .setTopic(topic)
            .setValue(value)
            .build(),
        answer);
    return answer;
  }

  /** Subscribes; the observer gets heartbeats, too. */
  public void subscribe(String topic, StreamObserver<_SubscriptionItem> observer) {
    topics.subscribe(
        _SubscriptionRequest.newBuilder().setCacheName(cacheName).setTopic(topic).build(),
        observer);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
