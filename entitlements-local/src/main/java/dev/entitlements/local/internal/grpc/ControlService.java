package dev.entitlements.local.internal.grpc;

import dev.entitlements.local.Quotas;
import dev.entitlements.local.internal.Limits;
import dev.entitlements.local.internal.auth.AccessControl;
import dev.entitlements.local.internal.auth.Operation;
import dev.entitlements.local.internal.auth.Resource;
import dev.entitlements.local.internal.cache.Caches;
import dev.entitlements.local.internal.fault.Call;
import dev.entitlements.local.internal.topic.TopicHub;
import grpc.control_client.ScsControlGrpc;
import grpc.control_client._Cache;
import grpc.control_client._CacheLimits;
import grpc.control_client._CreateCacheRequest;
import grpc.control_client._CreateCacheResponse;
import grpc.control_client._DeleteCacheRequest;
import grpc.control_client._DeleteCacheResponse;
import grpc.control_client._FlushCacheRequest;
import grpc.control_client._FlushCacheResponse;
import grpc.control_client._ListCachesRequest;
import grpc.control_client._ListCachesResponse;
import grpc.control_client._TopicLimits;
import io.grpc.stub.StreamObserver;
import java.util.List;

/**
 * Momento's control plane: caches. Signing keys, indexes and stores are left to the base class,
 * which answers UNIMPLEMENTED.
 */
final class ControlService extends ScsControlGrpc.ScsControlImplBase {
  private final Caches caches;
  private final TopicHub topics;
  private final Quotas quotas;
  private final Unary unary;

  ControlService(Caches caches, TopicHub topics, Quotas quotas, Unary unary) {
    this.caches = caches;
    this.topics = topics;
    this.quotas = quotas;
    this.unary = unary;
  }

  @Override
  public void createCache(
      _CreateCacheRequest request, StreamObserver<_CreateCacheResponse> observer) {
    unary.answer(
        observer,
        call(Operation.CREATE_CACHE, request.getCacheName()),
        () -> {
          require(Operation.CREATE_CACHE);
          caches.create(request.getCacheName());
          return _CreateCacheResponse.getDefaultInstance();
        });
  }

  @Override
  public void deleteCache(
      _DeleteCacheRequest request, StreamObserver<_DeleteCacheResponse> observer) {
    unary.answer(
        observer,
        call(Operation.DELETE_CACHE, request.getCacheName()),
        () -> {
          require(Operation.DELETE_CACHE);
          caches.delete(request.getCacheName());
          topics.cacheDeleted(request.getCacheName());
          return _DeleteCacheResponse.getDefaultInstance();
        });
  }

  @Override
  public void listCaches(_ListCachesRequest request, StreamObserver<_ListCachesResponse> observer) {
    unary.answer(
        observer,
        call(Operation.LIST_CACHES, ""),
        () -> {
          require(Operation.LIST_CACHES);
          return _ListCachesResponse.newBuilder()
              .addAllCache(caches.names().stream().map(this::describe).toList())
              .build();
        });
  }

  @Override
  public void flushCache(_FlushCacheRequest request, StreamObserver<_FlushCacheResponse> observer) {
    unary.answer(
        observer,
        call(Operation.FLUSH_CACHE, request.getCacheName()),
        () -> {
          require(Operation.FLUSH_CACHE);
          caches.require(request.getCacheName()).flush();
          return _FlushCacheResponse.getDefaultInstance();
        });
  }

  private static Call call(Operation operation, String cache) {
    return new Call(operation.rpc(), cache, List.of(), false);
  }

  private static void require(Operation operation) {
    AccessControl.require(CallContext.principal(), operation, Resource.NONE);
  }

  private _Cache describe(String name) {
    return _Cache.newBuilder()
        .setCacheName(name)
        .setCacheLimits(
            _CacheLimits.newBuilder()
                .setMaxItemSizeKb(Limits.ITEM_BYTES / 1024)
                .setMaxTtlSeconds(Limits.ITEM_TTL.toSeconds()))
        .setTopicLimits(
            _TopicLimits.newBuilder()
                .setMaxPublishRate(quotas.topicOperationsPerSecond())
                .setMaxSubscriptionCount(quotas.subscriptions())
                .setMaxPublishMessageSizeKb(Limits.MESSAGE_BYTES / 1024))
        .build();
  }
}
