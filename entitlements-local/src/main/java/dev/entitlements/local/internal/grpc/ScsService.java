package dev.entitlements.local.internal.grpc;

import com.google.protobuf.ByteString;
import dev.entitlements.local.internal.Meter;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.auth.Operation;
import dev.entitlements.local.internal.cache.Cache;
import dev.entitlements.local.internal.cache.Caches;
import dev.entitlements.local.internal.cache.Condition;
import dev.entitlements.local.internal.cache.TtlUpdate;
import dev.entitlements.local.internal.fault.Call;
import dev.entitlements.local.internal.fault.FaultGate;
import grpc.cache_client.ECacheResult;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._DeleteRequest;
import grpc.cache_client._DeleteResponse;
import grpc.cache_client._GetBatchRequest;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client._IncrementRequest;
import grpc.cache_client._IncrementResponse;
import grpc.cache_client._ItemGetTtlRequest;
import grpc.cache_client._ItemGetTtlResponse;
import grpc.cache_client._ItemGetTypeRequest;
import grpc.cache_client._ItemGetTypeResponse;
import grpc.cache_client._KeysExistRequest;
import grpc.cache_client._KeysExistResponse;
import grpc.cache_client._SetBatchRequest;
import grpc.cache_client._SetIfNotExistsRequest;
import grpc.cache_client._SetIfNotExistsResponse;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetIfResponse;
import grpc.cache_client._SetRequest;
import grpc.cache_client._SetResponse;
import grpc.cache_client._UpdateTtlRequest;
import grpc.cache_client._UpdateTtlResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.OptionalLong;

/**
 * Momento Cache: the scalar operations. Those on collections are left to the base class, which
 * answers UNIMPLEMENTED.
 */
final class ScsService extends ScsGrpc.ScsImplBase {
  private final Caches caches;
  private final FaultGate gate;
  private final Meter meter;
  private final Unary unary;

  ScsService(Caches caches, FaultGate gate, Meter meter, Unary unary) {
    this.caches = caches;
    this.gate = gate;
    this.meter = meter;
    this.unary = unary;
  }

  @Override
  public void get(_GetRequest request, StreamObserver<_GetResponse> observer) {
    ByteString key = request.getCacheKey();
    Call call = call(Operation.GET, key);
    unary.answer(
        observer, call, () -> get(open(Operation.GET, key), key, call, gate.isStale(call)));
  }

  @Override
  public void getBatch(_GetBatchRequest request, StreamObserver<_GetResponse> observer) {
    List<ByteString> keys = request.getItemsList().stream().map(_GetRequest::getCacheKey).toList();
    Call call = CallContext.call(Operation.GET_BATCH, keys);
    unary.answerAll(
        observer,
        call,
        () -> {
          Cache cache = open(Operation.GET_BATCH, keys);
          boolean stale = gate.isStale(call);
          return keys.stream().map(key -> get(cache, key, call, stale)).toList();
        });
  }

  @Override
  public void set(_SetRequest request, StreamObserver<_SetResponse> observer) {
    unary.answer(
        observer,
        call(Operation.SET, request.getCacheKey()),
        () -> set(open(Operation.SET, request.getCacheKey()), request));
  }

  @Override
  public void setBatch(_SetBatchRequest request, StreamObserver<_SetResponse> observer) {
    List<_SetRequest> items = request.getItemsList();
    List<ByteString> keys = items.stream().map(_SetRequest::getCacheKey).toList();
    unary.answerAll(
        observer,
        CallContext.call(Operation.SET_BATCH, keys),
        () -> {
          Cache cache = open(Operation.SET_BATCH, keys);
          return items.stream().map(item -> set(cache, item)).toList();
        });
  }

  @Override
  public void setIf(_SetIfRequest request, StreamObserver<_SetIfResponse> observer) {
    unary.answer(
        observer,
        call(Operation.SET_IF, request.getCacheKey()),
        () -> {
          boolean stored =
              open(Operation.SET_IF, request.getCacheKey())
                  .setIf(
                      request.getCacheKey(),
                      request.getCacheBody(),
                      request.getTtlMilliseconds(),
                      condition(request));
          return stored
              ? _SetIfResponse.newBuilder()
                  .setStored(_SetIfResponse._Stored.getDefaultInstance())
                  .build()
              : _SetIfResponse.newBuilder()
                  .setNotStored(_SetIfResponse._NotStored.getDefaultInstance())
                  .build();
        });
  }

  @Override
  @Deprecated
  public void setIfNotExists(
      _SetIfNotExistsRequest request, StreamObserver<_SetIfNotExistsResponse> observer) {
    unary.answer(
        observer,
        call(Operation.SET_IF_NOT_EXISTS, request.getCacheKey()),
        () -> {
          boolean stored =
              open(Operation.SET_IF_NOT_EXISTS, request.getCacheKey())
                  .setIf(
                      request.getCacheKey(),
                      request.getCacheBody(),
                      request.getTtlMilliseconds(),
                      Condition.ABSENT);
          return stored
              ? _SetIfNotExistsResponse.newBuilder()
                  .setStored(_SetIfNotExistsResponse._Stored.getDefaultInstance())
                  .build()
              : _SetIfNotExistsResponse.newBuilder()
                  .setNotStored(_SetIfNotExistsResponse._NotStored.getDefaultInstance())
                  .build();
        });
  }

  @Override
  public void delete(_DeleteRequest request, StreamObserver<_DeleteResponse> observer) {
    unary.answer(
        observer,
        call(Operation.DELETE, request.getCacheKey()),
        () -> {
          open(Operation.DELETE, request.getCacheKey()).delete(request.getCacheKey());
          return _DeleteResponse.getDefaultInstance();
        });
  }

  @Override
  public void keysExist(_KeysExistRequest request, StreamObserver<_KeysExistResponse> observer) {
    List<ByteString> keys = request.getCacheKeysList();
    unary.answer(
        observer,
        CallContext.call(Operation.KEYS_EXIST, keys),
        () -> {
          Cache cache = open(Operation.KEYS_EXIST, keys);
          return _KeysExistResponse.newBuilder()
              .addAllExists(keys.stream().map(cache::has).toList())
              .build();
        });
  }

  @Override
  public void increment(_IncrementRequest request, StreamObserver<_IncrementResponse> observer) {
    unary.answer(
        observer,
        call(Operation.INCREMENT, request.getCacheKey()),
        () ->
            _IncrementResponse.newBuilder()
                .setValue(
                    open(Operation.INCREMENT, request.getCacheKey())
                        .increment(
                            request.getCacheKey(),
                            request.getAmount(),
                            request.getTtlMilliseconds()))
                .build());
  }

  @Override
  public void updateTtl(_UpdateTtlRequest request, StreamObserver<_UpdateTtlResponse> observer) {
    unary.answer(
        observer,
        call(Operation.UPDATE_TTL, request.getCacheKey()),
        () -> {
          Cache cache = open(Operation.UPDATE_TTL, request.getCacheKey());
          ByteString key = request.getCacheKey();
          return answer(
              switch (request.getUpdateTtlCase()) {
                case INCREASE_TO_MILLISECONDS ->
                    cache.updateTtl(key, TtlUpdate.INCREASE, request.getIncreaseToMilliseconds());
                case DECREASE_TO_MILLISECONDS ->
                    cache.updateTtl(key, TtlUpdate.DECREASE, request.getDecreaseToMilliseconds());
                case OVERWRITE_TO_MILLISECONDS ->
                    cache.updateTtl(key, TtlUpdate.OVERWRITE, request.getOverwriteToMilliseconds());
                case UPDATETTL_NOT_SET -> throw Refusal.invalid("No TTL given");
              });
        });
  }

  @Override
  public void itemGetTtl(_ItemGetTtlRequest request, StreamObserver<_ItemGetTtlResponse> observer) {
    unary.answer(
        observer,
        call(Operation.ITEM_GET_TTL, request.getCacheKey()),
        () -> {
          OptionalLong ttl =
              open(Operation.ITEM_GET_TTL, request.getCacheKey())
                  .remainingTtl(request.getCacheKey());
          _ItemGetTtlResponse.Builder answer = _ItemGetTtlResponse.newBuilder();
          if (ttl.isPresent()) {
            answer.getFoundBuilder().setRemainingTtlMillis(ttl.getAsLong());
          } else {
            answer.getMissingBuilder();
          }
          return answer.build();
        });
  }

  @Override
  public void itemGetType(
      _ItemGetTypeRequest request, StreamObserver<_ItemGetTypeResponse> observer) {
    unary.answer(
        observer,
        call(Operation.ITEM_GET_TYPE, request.getCacheKey()),
        () -> {
          boolean present =
              open(Operation.ITEM_GET_TYPE, request.getCacheKey()).has(request.getCacheKey());
          _ItemGetTypeResponse.Builder answer = _ItemGetTypeResponse.newBuilder();
          if (!present) {
            answer.getMissingBuilder();
          } else {
            answer.getFoundBuilder().setItemType(_ItemGetTypeResponse.ItemType.SCALAR);
          }
          return answer.build();
        });
  }

  private static Call call(Operation operation, ByteString key) {
    return CallContext.call(operation, List.of(key));
  }

  private Cache open(Operation operation, ByteString key) {
    return open(operation, List.of(key));
  }

  private Cache open(Operation operation, List<ByteString> keys) {
    return caches.open(CallContext.principal(), operation, CallContext.cacheName(), keys);
  }

  private _GetResponse get(Cache cache, ByteString key, Call call, boolean stale) {
    if (call.consistent()) {
      meter.consistentRead();
    }
    ByteString value = stale ? cache.getStale(key) : cache.get(key);
    return value == null
        ? _GetResponse.newBuilder().setResult(ECacheResult.Miss).build()
        : _GetResponse.newBuilder().setResult(ECacheResult.Hit).setCacheBody(value).build();
  }

  private static _SetResponse set(Cache cache, _SetRequest item) {
    cache.set(item.getCacheKey(), item.getCacheBody(), item.getTtlMilliseconds());
    return _SetResponse.newBuilder().setResult(ECacheResult.Ok).build();
  }

  private static Condition condition(_SetIfRequest request) {
    return switch (request.getConditionCase()) {
      case PRESENT -> Condition.PRESENT;
      case ABSENT -> Condition.ABSENT;
      case PRESENT_AND_NOT_EQUAL ->
          new Condition(
              Condition.Kind.PRESENT_AND_NOT_EQUAL,
              request.getPresentAndNotEqual().getValueToCheck());
      case EQUAL -> new Condition(Condition.Kind.EQUAL, request.getEqual().getValueToCheck());
      case ABSENT_OR_EQUAL ->
          new Condition(
              Condition.Kind.ABSENT_OR_EQUAL, request.getAbsentOrEqual().getValueToCheck());
      case NOT_EQUAL ->
          new Condition(Condition.Kind.NOT_EQUAL, request.getNotEqual().getValueToCheck());
      case CONDITION_NOT_SET -> throw Refusal.invalid("No condition given");
    };
  }

  private static _UpdateTtlResponse answer(TtlUpdate.Outcome outcome) {
    _UpdateTtlResponse.Builder answer = _UpdateTtlResponse.newBuilder();
    switch (outcome) {
      case SET -> answer.getSetBuilder();
      case NOT_SET -> answer.getNotSetBuilder();
      case MISSING -> answer.getMissingBuilder();
    }
    return answer.build();
  }
}
