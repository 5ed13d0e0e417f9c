package dev.entitlements.local;

import static dev.entitlements.local.Client.CACHE;
import static dev.entitlements.local.Client.bytes;
import static dev.entitlements.local.Client.setRequest;
import static org.assertj.core.api.Assertions.assertThat;

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
import grpc.cache_client.pubsub._TopicValue;
import grpc.common.Absent;
import grpc.control_client._CreateCacheRequest;
import grpc.control_client._DeleteCacheRequest;
import grpc.control_client._FlushCacheRequest;
import grpc.control_client._ListCachesRequest;
import grpc.permission_messages.CacheRole;
import grpc.permission_messages.Permissions;
import grpc.permission_messages.TopicRole;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation, by gRPC and by HTTP, against every kind of permission. */
@Tag("P8")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopeTest {
  private static final String HTTP_DENIED = "403";

  private LocalMomento momento;
  private Client owner;

  @BeforeAll
  void start() {
    momento = LocalMomento.builder().cache(CACHE, "other").start();
    owner = new Client(momento, momento.apiKey());
  }

  @AfterAll
  void stop() {
    owner.close();
    momento.close();
  }

  /** What an operation is allowed by. */
  private enum Needs {
    READ,
    WRITE,
    BOTH,
    PUBLISH,
    SUBSCRIBE,
    OWNER,
    NOTHING
  }

  /** A caller's way to reach the server, and the cache and the key or topic that she aims at. */
  private record Caller(Client grpc, Http http, String cache) {}

  @SuppressWarnings({"deprecation", "ImmutableEnumChecker"})
  private enum Call {
    GET(
        Needs.READ,
        (c, k) -> c.grpc.scs().get(_GetRequest.newBuilder().setCacheKey(bytes(k)).build())),
    GET_BATCH(
        Needs.READ,
        (c, k) ->
            c.grpc
                .scs()
                .getBatch(
                    _GetBatchRequest.newBuilder()
                        .addItems(_GetRequest.newBuilder().setCacheKey(bytes(k)))
                        .build())
                .next()),
    KEYS_EXIST(
        Needs.READ,
        (c, k) ->
            c.grpc.scs().keysExist(_KeysExistRequest.newBuilder().addCacheKeys(bytes(k)).build())),
    ITEM_GET_TTL(
        Needs.READ,
        (c, k) ->
            c.grpc.scs().itemGetTtl(_ItemGetTtlRequest.newBuilder().setCacheKey(bytes(k)).build())),
    ITEM_GET_TYPE(
        Needs.READ,
        (c, k) ->
            c.grpc
                .scs()
                .itemGetType(_ItemGetTypeRequest.newBuilder().setCacheKey(bytes(k)).build())),
    SET(Needs.WRITE, (c, k) -> c.grpc.set(k, "1", 9_000)),
    SET_BATCH(
        Needs.WRITE,
        (c, k) ->
            c.grpc
                .scs()
                .setBatch(_SetBatchRequest.newBuilder().addItems(setRequest(k, "1", 9_000)).build())
                .next()),
    DELETE(
        Needs.WRITE,
        (c, k) -> c.grpc.scs().delete(_DeleteRequest.newBuilder().setCacheKey(bytes(k)).build())),
    SET_IF(
        Needs.BOTH,
        (c, k) ->
            c.grpc
                .scs()
                .setIf(
                    _SetIfRequest.newBuilder()
                        .setCacheKey(bytes(k))
                        .setTtlMilliseconds(9_000)
                        .setAbsent(Absent.getDefaultInstance())
                        .build())),
    SET_IF_NOT_EXISTS(
        Needs.BOTH,
        (c, k) ->
            c.grpc
                .scs()
                .setIfNotExists(
                    _SetIfNotExistsRequest.newBuilder()
                        .setCacheKey(bytes(k))
                        .setTtlMilliseconds(9_000)
                        .build())),
    INCREMENT(
        Needs.BOTH,
        (c, k) -> {
          c.grpc
              .scs()
              .increment(
                  _IncrementRequest.newBuilder()
                      .setCacheKey(bytes(k + "-n"))
                      .setTtlMilliseconds(9_000)
                      .build());
        }),
    UPDATE_TTL(
        Needs.BOTH,
        (c, k) ->
            c.grpc
                .scs()
                .updateTtl(
                    _UpdateTtlRequest.newBuilder()
                        .setCacheKey(bytes(k))
                        .setOverwriteToMilliseconds(9_000)
                        .build())),
    PUBLISH(
        Needs.PUBLISH,
        (c, k) -> c.grpc.publish(c.cache, k, _TopicValue.newBuilder().setText("v").build())),
    SUBSCRIBE(
        Needs.SUBSCRIBE,
        (c, k) -> {
          Stream stream = c.grpc.subscribe(c.cache, k, 0, 0);
          if (!accepted(stream)) {
            throw stream.end().asRuntimeException();
          }
          stream.cancel();
        }),
    CREATE_CACHE(
        Needs.OWNER,
        (c, k) ->
            c.grpc
                .control()
                .createCache(_CreateCacheRequest.newBuilder().setCacheName("new").build())),
    DELETE_CACHE(
        Needs.OWNER,
        (c, k) ->
            c.grpc
                .control()
                .deleteCache(_DeleteCacheRequest.newBuilder().setCacheName("new").build())),
    LIST_CACHES(
        Needs.OWNER,
        (c, k) -> c.grpc.control().listCaches(_ListCachesRequest.getDefaultInstance())),
    FLUSH_CACHE(
        Needs.OWNER,
        (c, k) ->
            c.grpc
                .control()
                .flushCache(_FlushCacheRequest.newBuilder().setCacheName(CACHE).build())),
    MINT(
        Needs.OWNER,
        (c, k) ->
            c.grpc
                .tokens()
                .generateDisposableToken(
                    Client.mintRequest(
                            Permits.of(Permits.allKeys(CacheRole.CacheReadOnly, null)), 9, "")
                        .build())),
    PING(Needs.NOTHING, (c, k) -> c.grpc.ping().ping(_PingRequest.getDefaultInstance())),
    HTTP_GET(Needs.READ, (c, k) -> denied(c.http.get("/cache/" + c.cache + "?key=" + k))),
    HTTP_PUT(
        Needs.WRITE,
        (c, k) -> denied(c.http.put("/cache/" + c.cache + "?ttl_seconds=9&key=" + k, new byte[1]))),
    HTTP_DELETE(Needs.WRITE, (c, k) -> denied(c.http.delete("/cache/" + c.cache + "?key=" + k))),
    HTTP_PUBLISH(
        Needs.PUBLISH,
        (c, k) -> denied(c.http.post("/topics/" + c.cache + "/" + k, "text/plain", new byte[1]))),
    HTTP_POLL(
        Needs.SUBSCRIBE,
        (c, k) -> denied(c.http.get("/topics/" + c.cache + "/" + k + "?sequence_number=1")));

    private final Needs needs;
    private final BiConsumer<Caller, String> action;

    Call(Needs needs, BiConsumer<Caller, String> action) {
      this.needs = needs;
      this.action = action;
    }

    boolean aimsAtOneName() {
      return needs != Needs.OWNER && needs != Needs.NOTHING;
    }
  }

  /** A token, and what it gives on the key and topic {@code u-1} and on {@code u-2}. */
  @SuppressWarnings("ImmutableEnumChecker")
  private enum Token {
    READ_KEY(
        Permits.of(Permits.key(CacheRole.CacheReadOnly, CACHE, "u-1")),
        true,
        EnumSet.of(Needs.READ)),
    WRITE_KEY(
        Permits.of(
            Permits.key(CacheRole.CacheWriteOnly, CACHE, "u-1"),
            Permits.key(CacheRole.CacheWriteOnly, CACHE, "u-1-n")),
        true,
        EnumSet.of(Needs.WRITE)),
    READ_WRITE_PREFIX(
        Permits.of(Permits.keyPrefix(CacheRole.CacheReadWrite, CACHE, "u-1")),
        true,
        EnumSet.of(Needs.READ, Needs.WRITE, Needs.BOTH)),
    READ_AND_WRITE_APART(
        Permits.of(
            Permits.keyPrefix(CacheRole.CacheReadOnly, null, "u-1"),
            Permits.keyPrefix(CacheRole.CacheWriteOnly, CACHE, "u-1")),
        true,
        EnumSet.of(Needs.READ, Needs.WRITE, Needs.BOTH)),
    ALL_KEYS(
        Permits.of(Permits.allKeys(CacheRole.CacheReadWrite, CACHE)),
        false,
        EnumSet.of(Needs.READ, Needs.WRITE, Needs.BOTH)),
    WHOLE_CACHE(
        Permits.of(Permits.noKeys(CacheRole.CacheReadOnly, CACHE)), false, EnumSet.of(Needs.READ)),
    ALL_CACHES_WRITE(
        Permits.of(Permits.allKeys(CacheRole.CacheWriteOnly, null)),
        false,
        EnumSet.of(Needs.WRITE)),
    OTHER_CACHE(
        Permits.of(
            Permits.allKeys(CacheRole.CacheReadWrite, "other"),
            Permits.allTopics(TopicRole.TopicReadWrite, "other")),
        false,
        EnumSet.noneOf(Needs.class)),
    NOTHING_AT_ALL(
        Permits.of(
            Permits.allKeys(CacheRole.CachePermitNone, null),
            Permits.allTopics(TopicRole.TopicPermitNone, null)),
        false,
        EnumSet.noneOf(Needs.class)),
    SUBSCRIBE_TOPIC(
        Permits.of(Permits.topic(TopicRole.TopicReadOnly, CACHE, "u-1")),
        true,
        EnumSet.of(Needs.SUBSCRIBE)),
    PUBLISH_TOPIC(
        Permits.of(Permits.topic(TopicRole.TopicWriteOnly, null, "u-1")),
        true,
        EnumSet.of(Needs.PUBLISH)),
    TOPIC_PREFIX(
        Permits.of(Permits.topicPrefix(TopicRole.TopicReadWrite, CACHE, "u-1")),
        true,
        EnumSet.of(Needs.PUBLISH, Needs.SUBSCRIBE)),
    ALL_TOPICS(
        Permits.of(Permits.allTopics(TopicRole.TopicReadOnly, null)),
        false,
        EnumSet.of(Needs.SUBSCRIBE)),
    A_PLAYERS(
        Permits.of(
            Permits.key(CacheRole.CacheReadOnly, CACHE, "u-1"),
            Permits.topic(TopicRole.TopicReadOnly, CACHE, "u-1")),
        true,
        EnumSet.of(Needs.READ, Needs.SUBSCRIBE));

    private final Permissions permissions;
    private final boolean onlyOnUser1;
    private final Set<Needs> gives;

    Token(Permissions permissions, boolean onlyOnUser1, Set<Needs> gives) {
      this.permissions = permissions;
      this.onlyOnUser1 = onlyOnUser1;
      this.gives = gives;
    }

    boolean allows(Call call, String name) {
      return call.needs == Needs.NOTHING
          || (gives.contains(call.needs) && (!onlyOnUser1 || name.equals("u-1")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenAllowsWhatItSaysAndNothingElse(Token token) {
    String credential = owner.mint(token.permissions, 60, "").getApiKey();
    // So that a long poll that is allowed has something to tell.
    owner.publish("u-1", "v");
    owner.publish("u-2", "v");
    List<String> wrong = new ArrayList<>();
    try (Client client = new Client(momento, credential)) {
      Caller caller = new Caller(client, new Http(momento, credential), CACHE);
      for (Call call : Call.values()) {
        for (String name : call.aimsAtOneName() ? List.of("u-1", "u-2") : List.of("u-1")) {
          if (isAllowed(call, caller, name) != token.allows(call, name)) {
            wrong.add(call + " on " + name);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theApiKeyAllowsEverything(Call call) {
    owner.publish("u-1", "v");
    Caller caller = new Caller(owner, new Http(momento, momento.apiKey()), CACHE);
    assertThat(isAllowed(call, caller, "u-1")).as(call.name().toLowerCase(Locale.ROOT)).isTrue();
  }

  private static boolean isAllowed(Call call, Caller caller, String name) {
    try {
      call.action.accept(caller, name);
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.PERMISSION_DENIED) {
        return false;
      }
      // Allowed, and refused for another reason, such as a cache that is not there.
      assertThat(e.getStatus().getCode())
          .isIn(Status.Code.NOT_FOUND, Status.Code.ALREADY_EXISTS, Status.Code.FAILED_PRECONDITION);
      return true;
    }
  }

  private static void denied(java.net.http.HttpResponse<byte[]> response) {
    if (String.valueOf(response.statusCode()).equals(HTTP_DENIED)) {
      throw Status.PERMISSION_DENIED.asRuntimeException();
    }
    assertThat(response.statusCode()).isIn(200, 204, 404);
  }

  private static boolean accepted(Stream stream) {
    try {
      return stream.isAccepted();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
