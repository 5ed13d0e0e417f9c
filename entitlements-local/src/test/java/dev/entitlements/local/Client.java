package dev.entitlements.local;

import com.google.protobuf.ByteString;
import grpc.cache_client.PingGrpc;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client._SetRequest;
import grpc.cache_client._SetResponse;
import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicValue;
import grpc.control_client.ScsControlGrpc;
import grpc.permission_messages.Permissions;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import momento.token.TokenGrpc;
import momento.token._GenerateDisposableTokenRequest;
import momento.token._GenerateDisposableTokenResponse;

/** Momento's own stubs over a real socket, with a credential and a cache in the headers. */
final class Client implements AutoCloseable {
  static final String CACHE = "entitlements";

  private final String apiKey;
  private final ManagedChannel channel;
  private final Channel authorized;

  Client(LocalMomento momento, String credential) {
    this(momento, credential, CACHE);
  }

  Client(LocalMomento momento, String credential, String cache) {
    this(momento.endpoint(), momento.apiKey(), credential, cache);
  }

  /** By another way than the server's own port. */
  Client(URI endpoint, String apiKey) {
    this(endpoint, apiKey, apiKey, CACHE);
  }

  private Client(URI endpoint, String apiKey, String credential, String cache) {
    this.apiKey = apiKey;
    this.channel =
        ManagedChannelBuilder.forAddress(endpoint.getHost(), endpoint.getPort())
            .usePlaintext()
            .maxInboundMessageSize(16 << 20)
            .build();
    Metadata headers = new Metadata();
    if (credential != null) {
      headers.put(header("authorization"), credential);
    }
    if (cache != null) {
      headers.put(header("cache"), cache);
    }
    this.authorized =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  ScsGrpc.ScsBlockingStub scs() {
    return ScsGrpc.newBlockingStub(authorized).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  ScsControlGrpc.ScsControlBlockingStub control() {
    return ScsControlGrpc.newBlockingStub(authorized).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  PubsubGrpc.PubsubBlockingStub pubsub() {
    return PubsubGrpc.newBlockingStub(authorized).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  PingGrpc.PingBlockingStub ping() {
    return PingGrpc.newBlockingStub(authorized).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  TokenGrpc.TokenBlockingStub tokens() {
    return TokenGrpc.newBlockingStub(authorized).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  /** Any call, and its first answer. */
  <Q, R> void call(MethodDescriptor<Q, R> method, Q request) {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
    if (method.getType() == MethodDescriptor.MethodType.UNARY) {
      ClientCalls.blockingUnaryCall(authorized, method, options, request);
    } else {
      ClientCalls.blockingServerStreamingCall(authorized, method, options, request).next();
    }
  }

  _GetResponse get(String key) {
    return scs().get(_GetRequest.newBuilder().setCacheKey(bytes(key)).build());
  }

  /** Read-after-write. */
  _GetResponse getConsistently(String key) {
    Metadata concern = new Metadata();
    concern.put(header("read-concern"), "consistent");
    return scs()
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(concern))
        .get(_GetRequest.newBuilder().setCacheKey(bytes(key)).build());
  }

  _SetResponse set(String key, String value, long ttlMillis) {
    return scs().set(setRequest(key, value, ttlMillis));
  }

  static _SetRequest setRequest(String key, String value, long ttlMillis) {
    return _SetRequest.newBuilder()
        .setCacheKey(bytes(key))
        .setCacheBody(bytes(value))
        .setTtlMilliseconds(ttlMillis)
        .build();
  }

  void publish(String topic, String text) {
    publish(CACHE, topic, _TopicValue.newBuilder().setText(text).build());
  }

  void publish(String cache, String topic, _TopicValue value) {
    pubsub()
        .publish(
            _PublishRequest.newBuilder()
                .setCacheName(cache)
                .setTopic(topic)
                .setValue(value)
                .build());
  }

  Stream subscribe(String topic) {
    return subscribe(CACHE, topic, 0, 0);
  }

  Stream subscribe(String cache, String topic, long resumeAt, long page) {
    return subscribe(cache, topic, resumeAt, page, new Stream());
  }

  Stream subscribe(String cache, String topic, long resumeAt, long page, Stream stream) {
    ClientCall<_SubscriptionRequest, ?> call =
        startSubscribe(
            _SubscriptionRequest.newBuilder()
                .setCacheName(cache)
                .setTopic(topic)
                .setResumeAtTopicSequenceNumber(resumeAt)
                .setSequencePage(page)
                .build(),
            stream);
    stream.cancelledBy(call);
    return stream;
  }

  private ClientCall<_SubscriptionRequest, ?> startSubscribe(
      _SubscriptionRequest request, Stream stream) {
    var call = authorized.newCall(PubsubGrpc.getSubscribeMethod(), CallOptions.DEFAULT);
    ClientCalls.asyncServerStreamingCall(call, request, stream);
    return call;
  }

  /** Mints as Momento's SDKs do: the API key in the body, no header. */
  _GenerateDisposableTokenResponse mint(Permissions permissions, int seconds, String tokenId) {
    return TokenGrpc.newBlockingStub(channel)
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .generateDisposableToken(
            mintRequest(permissions, seconds, tokenId).setAuthToken(apiKey).build());
  }

  static _GenerateDisposableTokenRequest.Builder mintRequest(
      Permissions permissions, int seconds, String tokenId) {
    _GenerateDisposableTokenRequest.Builder request =
        _GenerateDisposableTokenRequest.newBuilder()
            .setPermissions(permissions)
            .setTokenId(tokenId);
    request.getExpiresBuilder().setValidForSeconds(seconds);
    return request;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
