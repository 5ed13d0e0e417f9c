package dev.entitlements.local;

import static dev.entitlements.local.Client.bytes;
import static dev.entitlements.local.Client.setRequest;
import static dev.entitlements.local.Errors.assertFails;
import static dev.entitlements.local.Errors.assertLimited;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import grpc.cache_client.ECacheResult;
import grpc.cache_client._DeleteRequest;
import grpc.cache_client._DictionaryFetchRequest;
import grpc.cache_client._GetBatchRequest;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client._IncrementRequest;
import grpc.cache_client._ItemGetTtlRequest;
import grpc.cache_client._ItemGetTypeRequest;
import grpc.cache_client._ItemGetTypeResponse.ItemType;
import grpc.cache_client._KeysExistRequest;
import grpc.cache_client._PingRequest;
import grpc.cache_client._SetBatchRequest;
import grpc.cache_client._SetIfNotExistsRequest;
import grpc.cache_client._SetIfRequest;
import grpc.cache_client._SetIfResponse.ResultCase;
import grpc.cache_client._SetRequest;
import grpc.cache_client._SetResponse;
import grpc.cache_client._UpdateTtlRequest;
import grpc.cache_client._UpdateTtlResponse;
import grpc.common.Absent;
import grpc.control_client._Cache;
import grpc.control_client._CreateCacheRequest;
import grpc.control_client._DeleteCacheRequest;
import grpc.control_client._FlushCacheRequest;
import grpc.control_client._ListCachesRequest;
import grpc.control_client._ListSigningKeysRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation on items and caches, by Momento's own stubs over a real socket. */
@Tag("P6")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CacheTest {
  private final MutableClock clock = new MutableClock();
  private LocalMomento momento;
  private Client client;

  @BeforeAll
  void start() {
    momento = LocalMomento.builder().clock(clock).start();
    client = new Client(momento, momento.apiKey());
  }

  @AfterAll
  void stop() {
    client.close();
    momento.close();
  }

  @BeforeEach
  void onlyOneCacheAndNothingInIt() {
    for (var cache :
        client.control().listCaches(_ListCachesRequest.getDefaultInstance()).getCacheList()) {
      client
          .control()
          .deleteCache(_DeleteCacheRequest.newBuilder().setCacheName(cache.getCacheName()).build());
    }
    client
        .control()
        .createCache(_CreateCacheRequest.newBuilder().setCacheName(Client.CACHE).build());
  }

  @Test
  void whatIsSetIsGot() {
    assertThat(client.set("k", "v", 1_000).getResult()).isEqualTo(ECacheResult.Ok);
    _GetResponse got = client.get("k");
    assertThat(got.getResult()).isEqualTo(ECacheResult.Hit);
    assertThat(got.getCacheBody()).isEqualTo(bytes("v"));
    assertThat(client.get("other").getResult()).isEqualTo(ECacheResult.Miss);
  }

  @Test
  void anItemIsGoneOnceItsTtlHasPassed() {
    client.set("k", "v", 1_000);
    clock.advance(Duration.ofMillis(999));
    assertThat(client.get("k").getResult()).isEqualTo(ECacheResult.Hit);
    clock.advance(Duration.ofMillis(1));
    assertThat(client.get("k").getResult()).isEqualTo(ECacheResult.Miss);
    assertThat(ttlOf("k")).isEqualTo(-1);
    assertThat(setIfAbsent("k", "w")).isEqualTo(ResultCase.STORED);
  }

  @Test
  void aDeletedItemIsGoneAndDeletingItAgainIsNoError() {
    client.set("k", "v", 1_000);
    var request = _DeleteRequest.newBuilder().setCacheKey(bytes("k")).build();
    client.scs().delete(request);
    client.scs().delete(request);
    assertThat(client.get("k").getResult()).isEqualTo(ECacheResult.Miss);
  }

  @Test
  void batchesAnswerInOrder() {
    List<_SetResponse> set = new ArrayList<>();
    client
        .scs()
        .setBatch(
            _SetBatchRequest.newBuilder()
                .addItems(setRequest("a", "1", 1_000))
                .addItems(setRequest("b", "2", 1_000))
                .build())
        .forEachRemaining(set::add);
    assertThat(set).extracting(_SetResponse::getResult).containsOnly(ECacheResult.Ok).hasSize(2);
    List<_GetResponse> got = new ArrayList<>();
    client
        .scs()
        .getBatch(
            _GetBatchRequest.newBuilder()
                .addItems(_GetRequest.newBuilder().setCacheKey(bytes("b")))
                .addItems(_GetRequest.newBuilder().setCacheKey(bytes("x")))
                .addItems(_GetRequest.newBuilder().setCacheKey(bytes("a")))
                .build())
        .forEachRemaining(got::add);
    assertThat(got)
        .extracting(answer -> answer.getResult() + answer.getCacheBody().toStringUtf8())
        .containsExactly("Hit2", "Miss", "Hit1");
  }

  @Test
  void keysExistSaysWhichDo() {
    client.set("a", "1", 1_000);
    var request =
        _KeysExistRequest.newBuilder().addCacheKeys(bytes("x")).addCacheKeys(bytes("a")).build();
    assertThat(client.scs().keysExist(request).getExistsList()).containsExactly(false, true);
  }

  @Test
  void incrementCountsFromNothing() {
    assertThat(increment("n", 5)).isEqualTo(5);
    assertThat(increment("n", -7)).isEqualTo(-2);
    assertThat(client.get("n").getCacheBody().toStringUtf8()).isEqualTo("-2");
  }

  @ParameterizedTest
  @CsvSource({"abc", "1.5", "9223372036854775808", "''"})
  void incrementNeedsADecimalInteger(String stored) {
    client.set("n", stored, 1_000);
    assertFails(Status.Code.FAILED_PRECONDITION, () -> increment("n", 1));
  }

  @Test
  void incrementDoesNotWrapAround() {
    client.set("n", Long.toString(Long.MAX_VALUE), 1_000);
    assertFails(Status.Code.FAILED_PRECONDITION, () -> increment("n", 1));
    assertThat(client.get("n").getCacheBody().toStringUtf8())
        .isEqualTo(Long.toString(Long.MAX_VALUE));
  }

  @Test
  void theTtlCanBeAskedForAndChanged() {
    client.set("k", "v", 10_000);
    clock.advance(Duration.ofSeconds(4));
    assertThat(ttlOf("k")).isEqualTo(6_000);
    assertThat(update(update("k").setIncreaseToMilliseconds(5_000)).hasNotSet()).isTrue();
    assertThat(update(update("k").setIncreaseToMilliseconds(7_000)).hasSet()).isTrue();
    assertThat(ttlOf("k")).isEqualTo(7_000);
    assertThat(update(update("k").setDecreaseToMilliseconds(8_000)).hasNotSet()).isTrue();
    assertThat(update(update("k").setDecreaseToMilliseconds(3_000)).hasSet()).isTrue();
    assertThat(ttlOf("k")).isEqualTo(3_000);
    assertThat(update(update("k").setOverwriteToMilliseconds(9_000)).hasSet()).isTrue();
    assertThat(ttlOf("k")).isEqualTo(9_000);
    assertThat(update(update("x").setOverwriteToMilliseconds(9_000)).hasMissing()).isTrue();
    assertFails(Status.Code.INVALID_ARGUMENT, () -> update(update("k")));
    assertThat(ttlOf("x")).isEqualTo(-1);
  }

  @Test
  void anItemIsAScalar() {
    client.set("k", "v", 1_000);
    var stub = client.scs();
    assertThat(
            stub.itemGetType(_ItemGetTypeRequest.newBuilder().setCacheKey(bytes("k")).build())
                .getFound()
                .getItemType())
        .isEqualTo(ItemType.SCALAR);
    assertThat(
            stub.itemGetType(_ItemGetTypeRequest.newBuilder().setCacheKey(bytes("x")).build())
                .hasMissing())
        .isTrue();
  }

  @ParameterizedTest(name = "{0} on {1} compared with {2}: {3}")
  @CsvSource({
    "present, , , NOT_STORED",
    "present, a, , STORED",
    "absent, , , STORED",
    "absent, a, , NOT_STORED",
    "equal, , a, NOT_STORED",
    "equal, a, a, STORED",
    "equal, a, b, NOT_STORED",
    "absent_or_equal, , a, STORED",
    "absent_or_equal, a, a, STORED",
    "absent_or_equal, a, b, NOT_STORED",
    "not_equal, , a, STORED",
    "not_equal, a, a, NOT_STORED",
    "not_equal, a, b, STORED",
    "present_and_not_equal, , a, NOT_STORED",
    "present_and_not_equal, a, a, NOT_STORED",
    "present_and_not_equal, a, b, STORED",
  })
  @Tag("P7")
  void setIfStoresWhenItsConditionHolds(
      String condition, String stored, String operand, ResultCase expected) {
    if (stored != null) {
      client.set("k", stored, 10_000);
    }
    _SetIfRequest.Builder request =
        _SetIfRequest.newBuilder()
            .setCacheKey(bytes("k"))
            .setCacheBody(bytes("new"))
            .setTtlMilliseconds(5_000);
    ByteString check = operand == null ? ByteString.EMPTY : bytes(operand);
    switch (condition) {
      case "present" -> request.getPresentBuilder();
      case "absent" -> request.getAbsentBuilder();
      case "equal" -> request.getEqualBuilder().setValueToCheck(check);
      case "absent_or_equal" -> request.getAbsentOrEqualBuilder().setValueToCheck(check);
      case "not_equal" -> request.getNotEqualBuilder().setValueToCheck(check);
      default -> request.getPresentAndNotEqualBuilder().setValueToCheck(check);
    }
    assertThat(client.scs().setIf(request.build()).getResultCase()).isEqualTo(expected);
    boolean wasStored = expected == ResultCase.STORED;
    String after = wasStored ? "new" : stored == null ? "" : stored;
    assertThat(client.get("k").getCacheBody().toStringUtf8()).isEqualTo(after);
    assertThat(ttlOf("k")).isEqualTo(wasStored ? 5_000 : stored == null ? -1 : 10_000);
  }

  @Test
  void setIfWithoutAConditionIsRefused() {
    var request = _SetIfRequest.newBuilder().setCacheKey(bytes("k")).setTtlMilliseconds(1).build();
    assertFails(Status.Code.INVALID_ARGUMENT, () -> client.scs().setIf(request));
  }

  @Test
  @Tag("P7")
  void ofManyThatSetAnAbsentItemAtOnceOneWins() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<ResultCase>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String value = "v" + i;
        calls.add(() -> setIfAbsent("k", value));
      }
      int stored = 0;
      for (Future<ResultCase> answer : pool.invokeAll(calls)) {
        stored += answer.get() == ResultCase.STORED ? 1 : 0;
      }
      assertThat(stored).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  @SuppressWarnings("deprecation")
  void setIfNotExistsStoresOnce() {
    var request =
        _SetIfNotExistsRequest.newBuilder()
            .setCacheKey(bytes("k"))
            .setCacheBody(bytes("v"))
            .setTtlMilliseconds(1_000)
            .build();
    assertThat(client.scs().setIfNotExists(request).hasStored()).isTrue();
    assertThat(client.scs().setIfNotExists(request).hasNotStored()).isTrue();
  }

  @Test
  void aTtlMustBeMoreThanNothingAndAtMostADay() {
    assertFails(Status.Code.INVALID_ARGUMENT, () -> client.set("k", "v", 0));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> client.set("k", "v", 86_400_001));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> client.set("k", "v", -1));
    client.set("k", "v", 86_400_000);
  }

  @Test
  void keyAndValueHaveAtMostFiveMegabytes() {
    _SetRequest.Builder item =
        _SetRequest.newBuilder().setCacheKey(bytes("k")).setTtlMilliseconds(1_000);
    ByteString most = ByteString.copyFrom(new byte[5 * 1024 * 1024 - 1]);
    client.scs().set(item.setCacheBody(most).build());
    assertThat(client.get("k").getCacheBody()).isEqualTo(most);
    assertLimited(
        "item_size_limit_exceeded",
        () -> client.scs().set(item.setCacheBody(most.concat(bytes("x"))).build()));
  }

  @Test
  void anEmptyKeyIsRefused() {
    assertFails(Status.Code.INVALID_ARGUMENT, () -> client.get(""));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> client.set("", "v", 1));
  }

  @Test
  void anUnknownCacheIsNotFoundAndNoneIsRefused() {
    try (Client unknown = new Client(momento, momento.apiKey(), "unknown");
        Client none = new Client(momento, momento.apiKey(), null)) {
      assertFails(Status.Code.NOT_FOUND, () -> unknown.get("k"));
      assertFails(Status.Code.NOT_FOUND, () -> unknown.set("k", "v", 1));
      assertFails(Status.Code.INVALID_ARGUMENT, () -> none.get("k"));
    }
  }

  @Test
  void collectionsAreNotImplemented() {
    var request = _DictionaryFetchRequest.newBuilder().setDictionaryName(bytes("d")).build();
    assertFails(Status.Code.UNIMPLEMENTED, () -> client.scs().dictionaryFetch(request));
    assertFails(
        Status.Code.UNIMPLEMENTED,
        () -> client.control().listSigningKeys(_ListSigningKeysRequest.getDefaultInstance()));
  }

  @Test
  void cachesCanBeCreatedListedFlushedAndDeleted() {
    var create = _CreateCacheRequest.newBuilder().setCacheName("b-2.x_y").build();
    client.control().createCache(create);
    assertFails(Status.Code.ALREADY_EXISTS, () -> client.control().createCache(create));
    assertThat(client.control().listCaches(_ListCachesRequest.getDefaultInstance()).getCacheList())
        .extracting(_Cache::getCacheName)
        .containsExactly("b-2.x_y", "entitlements");
    client.set("k", "v", 1_000);
    client
        .control()
        .flushCache(_FlushCacheRequest.newBuilder().setCacheName("entitlements").build());
    assertThat(client.get("k").getResult()).isEqualTo(ECacheResult.Miss);
    var delete = _DeleteCacheRequest.newBuilder().setCacheName("entitlements").build();
    client.control().deleteCache(delete);
    assertFails(Status.Code.NOT_FOUND, () -> client.control().deleteCache(delete));
    assertFails(Status.Code.NOT_FOUND, () -> client.get("k"));
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "a/b", "a b", "ä"})
  void aCacheNameMustBePlain(String name) {
    assertFails(
        Status.Code.INVALID_ARGUMENT,
        () ->
            client
                .control()
                .createCache(_CreateCacheRequest.newBuilder().setCacheName(name).build()));
  }

  @Test
  void pingIsAnswered() {
    assertThat(client.ping().ping(_PingRequest.getDefaultInstance())).isNotNull();
  }

  private ResultCase setIfAbsent(String key, String value) {
    return client
        .scs()
        .setIf(
            _SetIfRequest.newBuilder()
                .setCacheKey(bytes(key))
                .setCacheBody(bytes(value))
                .setTtlMilliseconds(1_000)
                .setAbsent(Absent.getDefaultInstance())
                .build())
        .getResultCase();
  }

  private long increment(String key, long amount) {
    return client
        .scs()
        .increment(
            _IncrementRequest.newBuilder()
                .setCacheKey(bytes(key))
                .setAmount(amount)
                .setTtlMilliseconds(1_000)
                .build())
        .getValue();
  }

  private static _UpdateTtlRequest.Builder update(String key) {
    return _UpdateTtlRequest.newBuilder().setCacheKey(bytes(key));
  }

  private _UpdateTtlResponse update(_UpdateTtlRequest.Builder request) {
    return client.scs().updateTtl(request.build());
  }

  /** -1 on a miss. */
  private long ttlOf(String key) {
    var answer =
        client.scs().itemGetTtl(_ItemGetTtlRequest.newBuilder().setCacheKey(bytes(key)).build());
    return answer.hasFound() ? answer.getFound().getRemainingTtlMillis() : -1;
  }
}
