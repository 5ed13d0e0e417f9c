package dev.entitlements.local;

import static dev.entitlements.local.Client.bytes;
import static dev.entitlements.local.Client.setRequest;

import com.google.protobuf.MessageLite;
import dev.entitlements.local.ScopeCaller.Outcome;
import grpc.cache_client.PingGrpc;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._DeleteRequest;
import grpc.cache_client._GetBatchRequest;
import grpc.cache_client._GetRequest;
import grpc.cache_client._IncrementRequest;
import grpc.cache_client._ItemGetTtlRequest;
import grpc.cache_client._ItemGetTypeRequest;
import grpc.cache_client._KeysExistRequest;
import grpc.cache_client._PingRequest;
import grpc.cache_client._SetBatchRequest;
import grpc.cache_client._SetIfNotExistsRequest;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._UpdateTtlRequest;
import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._PublishRequest;
import grpc.cache_client.pubsub._SubscriptionRequest;
import grpc.cache_client.pubsub._TopicValue;
import grpc.common.Absent;
import grpc.common.AbsentOrEqual;
import grpc.control_client.ScsControlGrpc;
import grpc.control_client._CreateCacheRequest;
import grpc.control_client._DeleteCacheRequest;
import grpc.control_client._FlushCacheRequest;
import grpc.control_client._ListCachesRequest;
import grpc.permission_messages.CacheRole;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import momento.token.TokenGrpc;
import momento.token._GenerateDisposableTokenRequest;

/**
 * Something that can be tried on a key, or a topic, and the right that it takes: by Momento's own
 * words (permissionmessages.proto, and the pages on tokens of its documentation), not by anything
 * in the server.
 *
 * @param text what is tried, to follow "may"
 * @param rpc the gRPC method behind it, or empty
 */
record ScopeCall(
    String text, Needs needs, String rpc, BiFunction<ScopeCaller, String, Outcome> action) {

  private static final byte[] ONE = {'1'};

  /** The right that a call takes. */
  enum Needs {
    READ,
    WRITE,
    /** "Restricts access to apis that write: doesn't allow conditional write APIs". */
    READ_AND_WRITE,
    PUBLISH,
    SUBSCRIBE,
    API_KEY,
    ANY_CREDENTIAL,
    /** There is no such thing here, which only those with a good credential are told. */
    UNIMPLEMENTED;

    /** Whether it is about one key or topic. */
    boolean isOfOneName() {
      return switch (this) {
        case READ, WRITE, READ_AND_WRITE, PUBLISH, SUBSCRIBE -> true;
        case API_KEY, ANY_CREDENTIAL, UNIMPLEMENTED -> false;
      };
    }
  }

  Outcome tryBy(ScopeCaller caller, String name) {
    return action.apply(caller, name);
  }

  static List<ScopeCall> all() {
    List<ScopeCall> calls = new ArrayList<>();
    calls.addAll(items());
    calls.addAll(topics());
    calls.addAll(ofTheAccount());
    calls.addAll(byHttp());
    calls.addAll(byGrpcWeb());
    calls.addAll(unimplemented(calls));
    return calls;
  }

  private static List<ScopeCall> items() {
    return List.of(
        grpc("read", Needs.READ, ScsGrpc.getGetMethod(), ScopeCall::get),
        grpc("read in a batch", Needs.READ, ScsGrpc.getGetBatchMethod(), k -> getBatch(k).build()),
        grpc(
            "ask for the existence of",
            Needs.READ,
            ScsGrpc.getKeysExistMethod(),
            k -> _KeysExistRequest.newBuilder().addCacheKeys(bytes(k)).build()),
        grpc(
            "ask for the time of",
            Needs.READ,
            ScsGrpc.getItemGetTtlMethod(),
            k -> _ItemGetTtlRequest.newBuilder().setCacheKey(bytes(k)).build()),
        grpc(
            "ask for the type of",
            Needs.READ,
            ScsGrpc.getItemGetTypeMethod(),
            k -> _ItemGetTypeRequest.newBuilder().setCacheKey(bytes(k)).build()),
        grpc("store", Needs.WRITE, ScsGrpc.getSetMethod(), k -> setRequest(k, "1", 9_000)),
        grpc(
            "store in a batch",
            Needs.WRITE,
            ScsGrpc.getSetBatchMethod(),
            k -> _SetBatchRequest.newBuilder().addItems(setRequest(k, "1", 9_000)).build()),
        grpc(
            "delete",
            Needs.WRITE,
            ScsGrpc.getDeleteMethod(),
            k -> _DeleteRequest.newBuilder().setCacheKey(bytes(k)).build()),
        grpc(
            "store if absent",
            Needs.READ_AND_WRITE,
            ScsGrpc.getSetIfMethod(),
            k -> setIf(k).setAbsent(Absent.getDefaultInstance()).build()),
        grpc(
            "compare and set",
            Needs.READ_AND_WRITE,
            ScsGrpc.getSetIfMethod(),
            k ->
                setIf(k)
                    .setAbsentOrEqual(AbsentOrEqual.newBuilder().setValueToCheck(bytes("1")))
                    .build()),
        grpc(
            "store in the old way if absent",
            Needs.READ_AND_WRITE,
            setIfNotExists(),
            k ->
                _SetIfNotExistsRequest.newBuilder()
                    .setCacheKey(bytes(k))
                    .setTtlMilliseconds(9_000)
                    .build()),
        grpc(
            "count up",
            Needs.READ_AND_WRITE,
            ScsGrpc.getIncrementMethod(),
            k ->
                _IncrementRequest.newBuilder()
                    .setCacheKey(bytes(k))
                    .setTtlMilliseconds(9_000)
                    .build()),
        grpc(
            "renew",
            Needs.READ_AND_WRITE,
            ScsGrpc.getUpdateTtlMethod(),
            k ->
                _UpdateTtlRequest.newBuilder()
                    .setCacheKey(bytes(k))
                    .setOverwriteToMilliseconds(9_000)
                    .build()));
  }

  private static List<ScopeCall> topics() {
    return List.of(
        new ScopeCall(
            "publish on",
            Needs.PUBLISH,
            PubsubGrpc.getPublishMethod().getFullMethodName(),
            (caller, name) -> caller.grpc(PubsubGrpc.getPublishMethod(), publish(caller, name))),
        new ScopeCall(
            "subscribe to",
            Needs.SUBSCRIBE,
            PubsubGrpc.getSubscribeMethod().getFullMethodName(),
            ScopeCaller::subscribe));
  }

  private static List<ScopeCall> ofTheAccount() {
    return List.of(
        grpc(
            "create a cache",
            Needs.API_KEY,
            ScsControlGrpc.getCreateCacheMethod(),
            k -> _CreateCacheRequest.newBuilder().setCacheName("new").build()),
        grpc(
            "delete a cache",
            Needs.API_KEY,
            ScsControlGrpc.getDeleteCacheMethod(),
            k -> _DeleteCacheRequest.newBuilder().setCacheName("new").build()),
        grpc(
            "list the caches",
            Needs.API_KEY,
            ScsControlGrpc.getListCachesMethod(),
            k -> _ListCachesRequest.getDefaultInstance()),
        grpc(
            "flush a cache",
            Needs.API_KEY,
            ScsControlGrpc.getFlushCacheMethod(),
            k -> _FlushCacheRequest.newBuilder().setCacheName("third").build()),
        grpc(
            "mint by its header",
            Needs.API_KEY,
            TokenGrpc.getGenerateDisposableTokenMethod(),
            k -> mint().build()),
        new ScopeCall(
            "mint by its body",
            Needs.API_KEY,
            TokenGrpc.getGenerateDisposableTokenMethod().getFullMethodName(),
            (caller, name) ->
                caller.grpc(
                    TokenGrpc.getGenerateDisposableTokenMethod(),
                    mint().setAuthToken(caller.credentialInBody()).build())),
        grpc(
            "ping",
            Needs.ANY_CREDENTIAL,
            PingGrpc.getPingMethod(),
            k -> _PingRequest.getDefaultInstance()));
  }

  private static List<ScopeCall> byHttp() {
    return List.of(
        http("GET", Needs.READ, (c, k) -> c.http().get(item(c) + "key=" + k)),
        http("PUT", Needs.WRITE, (c, k) -> c.http().put(item(c) + "ttl_seconds=9&key=" + k, ONE)),
        http("DELETE", Needs.WRITE, (c, k) -> c.http().delete(item(c) + "key=" + k)),
        http(
            "POST on topic",
            Needs.PUBLISH,
            (c, k) -> c.http().post(topic(c, k), "text/plain", ONE)),
        http(
            "poll topic",
            Needs.SUBSCRIBE,
            (c, k) -> c.http().get(topic(c, k) + "?sequence_number=0&sequence_page=0")),
        http("list the faults", Needs.API_KEY, (c, k) -> c.http().get("/admin/faults")),
        http("clear the faults", Needs.API_KEY, (c, k) -> c.http().delete("/admin/faults")),
        http("look at a fault", Needs.API_KEY, (c, k) -> c.http().get("/admin/faults/1")),
        http(
            "make something happen",
            Needs.API_KEY,
            (c, k) ->
                c.http()
                    .post(
                        "/admin/faults",
                        "application/json",
                        Http.utf8(
                            "{\"fault\":\"reset-topic\",\"cache\":\"third\",\"key\":\"t\"}"))));
  }

  private static List<ScopeCall> byGrpcWeb() {
    return List.of(
        web("read", Needs.READ, ScsGrpc.getGetMethod(), (c, k) -> get(k)),
        web("store", Needs.WRITE, ScsGrpc.getSetMethod(), (c, k) -> setRequest(k, "1", 9_000)),
        web("publish on", Needs.PUBLISH, PubsubGrpc.getPublishMethod(), ScopeCall::publish),
        web(
            "subscribe to",
            Needs.SUBSCRIBE,
            PubsubGrpc.getSubscribeMethod(),
            (c, k) ->
                _SubscriptionRequest.newBuilder().setCacheName(c.cache()).setTopic(k).build()),
        web(
            "mint",
            Needs.API_KEY,
            TokenGrpc.getGenerateDisposableTokenMethod(),
            (c, k) -> mint().setAuthToken(c.credentialInBody()).build()));
  }

  /** Every other method of Momento's services, so that none is forgotten when one is added. */
  private static List<ScopeCall> unimplemented(List<ScopeCall> implemented) {
    Set<String> known = implemented.stream().map(ScopeCall::rpc).collect(Collectors.toSet());
    return Stream.of(
            ScsGrpc.getServiceDescriptor(),
            ScsControlGrpc.getServiceDescriptor(),
            PubsubGrpc.getServiceDescriptor(),
            TokenGrpc.getServiceDescriptor(),
            PingGrpc.getServiceDescriptor())
        .flatMap(service -> service.getMethods().stream())
        .filter(method -> !known.contains(method.getFullMethodName()))
        .map(ScopeCall::unimplemented)
        .toList();
  }

  private static <Q, R> ScopeCall unimplemented(MethodDescriptor<Q, R> method) {
    Q request = method.parseRequest(new ByteArrayInputStream(new byte[0]));
    return new ScopeCall(
        "call " + method.getFullMethodName(),
        Needs.UNIMPLEMENTED,
        method.getFullMethodName(),
        (caller, name) -> caller.grpc(method, request));
  }

  private static <Q, R> ScopeCall grpc(
      String text, Needs needs, MethodDescriptor<Q, R> method, Function<String, Q> request) {
    return new ScopeCall(
        text,
        needs,
        method.getFullMethodName(),
        (caller, name) -> caller.grpc(method, request.apply(name)));
  }

  private static ScopeCall http(
      String text, Needs needs, BiFunction<ScopeCaller, String, HttpResponse<byte[]>> call) {
    return new ScopeCall(
        text + " by HTTP", needs, "", (caller, name) -> Outcome.of(call.apply(caller, name)));
  }

  private static ScopeCall web(
      String text,
      Needs needs,
      MethodDescriptor<?, ?> method,
      BiFunction<ScopeCaller, String, MessageLite> request) {
    return new ScopeCall(
        text + " by gRPC-Web",
        needs,
        "",
        (caller, name) -> caller.grpcWeb(method, request.apply(caller, name)));
  }

  private static String item(ScopeCaller caller) {
    return "/cache/" + caller.cache() + "?";
  }

  private static String topic(ScopeCaller caller, String name) {
    return "/topics/" + caller.cache() + "/" + name;
  }

  private static _GetRequest get(String key) {
    return _GetRequest.newBuilder().setCacheKey(bytes(key)).build();
  }

  private static _GetBatchRequest.Builder getBatch(String key) {
    return _GetBatchRequest.newBuilder().addItems(get(key));
  }

  private static _SetIfRequest.Builder setIf(String key) {
    return _SetIfRequest.newBuilder()
        .setCacheKey(bytes(key))
        .setCacheBody(bytes("1"))
        .setTtlMilliseconds(9_000);
  }

  @SuppressWarnings("deprecation")
  private static MethodDescriptor<_SetIfNotExistsRequest, ?> setIfNotExists() {
    return ScsGrpc.getSetIfNotExistsMethod();
  }

  private static _PublishRequest publish(ScopeCaller caller, String topic) {
    return _PublishRequest.newBuilder()
        .setCacheName(caller.cache())
        .setTopic(topic)
        .setValue(_TopicValue.newBuilder().setText("v"))
        .build();
  }

  private static _GenerateDisposableTokenRequest.Builder mint() {
    return Client.mintRequest(Permits.of(Permits.allKeys(CacheRole.CacheReadOnly, null)), 9, "");
  }
}
