package dev.entitlements.momento;

import com.google.protobuf.ByteString;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import grpc.cache_client.ECacheResult;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicValue;
import grpc.common.Absent;
import grpc.common.Equal;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import momento.token.TokenGrpc;
import momento.token._GenerateDisposableTokenRequest;
import momento.token._GenerateDisposableTokenResponse;
import org.jspecify.annotations.Nullable;

/**
 * Momento over gRPC, as one bearer sees one cache: every role in one object, on Momento's own
 * published stubs. Safe for use by several threads; no method blocks.
 */
public final class GrpcMomento
    implements CacheReader, CacheWriter, TopicPublisher, TopicSubscriber, TokenMinter {
  private static final Metadata.Key<String> AUTHORIZATION = header("authorization");
  private static final Metadata.Key<String> CACHE = header("cache");
  private static final Metadata.Key<String> READ_CONCERN = header("read-concern");

  private final ChannelPool data;
  private final ChannelPool tokens;
  private final Credential credential;
  private final String cacheName;
  private final Duration callTimeout;
  private final ClientInterceptor headers;
  private final ClientInterceptor consistentHeaders;

  GrpcMomento(
      ChannelPool data,
      ChannelPool tokens,
      Credential credential,
      String cacheName,
      Duration callTimeout) {
    this.data = data;
    this.tokens = tokens;
    this.credential = credential;
    this.cacheName = cacheName;
    this.callTimeout = callTimeout;
    Metadata plain = new Metadata();
    plain.put(AUTHORIZATION, credential.apiKey());
    plain.put(CACHE, cacheName);
    Metadata consistent = new Metadata();
    consistent.merge(plain);
    consistent.put(READ_CONCERN, "consistent");
    headers = MetadataUtils.newAttachHeadersInterceptor(plain);
    consistentHeaders = MetadataUtils.newAttachHeadersInterceptor(consistent);
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public CompletableFuture<Optional<byte[]>> get(String key, Consistency consistency) {
    return this.<_GetRequest, _GetResponse, Optional<byte[]>>call(
        "get of '" + key + "'",
        data,
        consistency == Consistency.CONSISTENT ? consistentHeaders : headers,
        ScsGrpc.getGetMethod(),
        _GetRequest.newBuilder().setCacheKey(ByteString.copyFromUtf8(key)).build(),
        GrpcMomento::hit);
  }

  private static Optional<byte[]> hit(_GetResponse response) {
    switch (response.getResult()) {
      case Hit:
        return Optional.of(response.getCacheBody().toByteArray());
      case Miss:
        return Optional.empty();
      default:
        ECacheResult result = response.getResult();
        throw new EntitlementsException(
            ErrorKind.INTERNAL,
            "get: the service answered " + result + ": " + response.getMessage());
    }
  }

  @Override
  public CompletableFuture<Boolean> replace(
      String key, byte @Nullable [] expected, byte[] value, Duration ttl) {
    _SetIfRequest.Builder request =
        _SetIfRequest.newBuilder()
            .setCacheKey(ByteString.copyFromUtf8(key))
            .setCacheBody(ByteString.copyFrom(value))
            .setTtlMilliseconds(wholeMillis(ttl));
    if (expected == null) {
      request.setAbsent(Absent.getDefaultInstance());
    } else {
      request.setEqual(Equal.newBuilder().setValueToCheck(ByteString.copyFrom(expected)));
    }
    return call(
        "conditional set of '" + key + "'",
        data,
        headers,
        ScsGrpc.getSetIfMethod(),
        request.build(),
        response -> response.hasStored());
  }

  @Override
  public CompletableFuture<Void> publish(String topic, String message) {
    return call(
            "publish on '" + topic + "'",
            data,
            headers,
            PubsubGrpc.getPublishMethod(),
            _PublishRequest.newBuilder()
                .setCacheName(cacheName)
                .setTopic(topic)
                .setValue(_TopicValue.newBuilder().setText(message))
                .build(),
            empty -> empty)
        .thenAccept(empty -> {});
  }

  @Override
  public Subscription subscribe(String topic, SubscriptionListener listener) {
    ChannelPool.Lease lease = data.lease();
    GrpcSubscription subscription =
        new GrpcSubscription(
            ClientInterceptors.intercept(lease.channel(), headers)
                .newCall(PubsubGrpc.getSubscribeMethod(), CallOptions.DEFAULT),
            "subscription to '" + topic + "'",
            listener,
            data,
            lease);
    subscription.start(
        _SubscriptionRequest.newBuilder().setCacheName(cacheName).setTopic(topic).build());
    return subscription;
  }

  @Override
  public CompletableFuture<MintedToken> mint(String key, String tokenId, Duration validFor) {
    return this
        .<_GenerateDisposableTokenRequest, _GenerateDisposableTokenResponse, MintedToken>call(
            "minting a token",
            tokens,
            headers,
            TokenGrpc.getGenerateDisposableTokenMethod(),
            _GenerateDisposableTokenRequest.newBuilder()
                .setAuthToken(credential.apiKey())
                .setPermissions(TokenScope.readItemAndSubscribe(cacheName, key))
                .setTokenId(tokenId)
                .setExpires(
                    _GenerateDisposableTokenRequest.Expires.newBuilder()
                        .setValidForSeconds(wholeSeconds(validFor)))
                .build(),
            response ->
                new MintedToken(
                    Credential.ofApiKey(response.getApiKey()),
                    response.getEndpoint(),
                    Instant.ofEpochSecond(response.getValidUntil())));
  }

  /** What is out of the wire's range is so of the service's too, which says what it allows. */
  private static int wholeSeconds(Duration validFor) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, validFor.getSeconds()));
  }

  private static long wholeMillis(Duration ttl) {
    boolean fits = ttl.compareTo(Duration.ofMillis(Long.MAX_VALUE)) <= 0;
    return ttl.isNegative() ? 0 : fits ? ttl.toMillis() : Long.MAX_VALUE;
  }

  @Override
  public String toString() {
    return "GrpcMomento{cache " + cacheName + "}";
  }

  private <Q, R, T> CompletableFuture<T> call(
      String name,
      ChannelPool pool,
      ClientInterceptor headers,
      MethodDescriptor<Q, R> method,
      Q request,
      UnaryAnswer.Mapping<R, T> mapping) {
    Channel withHeaders = ClientInterceptors.intercept(pool.channel(), headers);
    ClientCall<Q, R> call =
        withHeaders.newCall(
            method,
            CallOptions.DEFAULT.withDeadlineAfter(callTimeout.toNanos(), TimeUnit.NANOSECONDS));
    UnaryAnswer<R, T> answer = new UnaryAnswer<>(name, pool, mapping);
    answer.whenCancelledCancel(call);
    ClientCalls.asyncUnaryCall(call, request, answer);
    return answer.future();
  }
}
