package dev.entitlements.local;

import static dev.entitlements.local.Client.CACHE;
import static dev.entitlements.local.Errors.assertFails;
import static dev.entitlements.local.Errors.assertLimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.entitlements.local.internal.auth.Operation;
import grpc.cache_client.ECacheResult;
import grpc.cache_client._DeleteRequest;
import grpc.permission_messages.CacheRole;
import grpc.permission_messages.Permissions;
import grpc.permission_messages.TopicRole;
import io.grpc.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("P1")
@Timeout(60)
class CallFaultsTest {
  private LocalMomento momento;
  private Faults faults;
  private Client client;
  private Http http;

  @BeforeEach
  void start() {
    momento = LocalMomento.start();
    faults = momento.faults();
    client = new Client(momento, momento.apiKey());
    http = new Http(momento, momento.apiKey());
  }

  @AfterEach
  void stop() {
    client.close();
    momento.close();
  }

  @Test
  void aCallIsRefusedWithAnyStatus() {
    for (StreamEnd status : StreamEnd.values()) {
      faults.on(Rpc.GET).times(1).refuse(status);
      assertFails(Status.Code.valueOf(status.name()), () -> client.get("k"));
    }
  }

  @Test
  void aFaultStrikesAsOftenAsItShould() {
    Fault fault = faults.on(Rpc.GET).times(1).refuse(StreamEnd.UNAVAILABLE);
    assertFails(Status.Code.UNAVAILABLE, () -> client.get("k"));
    assertThat(fault.hits()).isEqualTo(1);
    assertThat(fault.isOver()).isTrue();
    assertThat(client.get("k").getResult()).isEqualTo(ECacheResult.Miss);
    assertThat(fault.hits()).as("it is spent").isEqualTo(1);
  }

  @Test
  void aFaultStrikesOnlyTheKeyTheCacheAndTheCallsItNames() {
    Fault fault =
        faults.on(Rpc.GET, Rpc.PUBLISH).inCache(CACHE).forKey("u-1").refuse(StreamEnd.INTERNAL);
    assertFails(Status.Code.INTERNAL, () -> client.get("u-1"));
    assertFails(Status.Code.INTERNAL, () -> client.publish("u-1", "m"));
    client.get("u-2");
    client.publish("u-2", "m");
    client.set("u-1", "v", 60_000);
    faults.on(Rpc.SET).inCache("another").refuse(StreamEnd.INTERNAL);
    client.set("u-1", "v", 60_000);
    assertThat(fault.hits()).isEqualTo(2);
    fault.close();
    assertThat(client.get("u-1").getResult()).isEqualTo(ECacheResult.Hit);
  }

  @Test
  void exhaustionNamesTheLimit() {
    faults.on().refuse(StreamEnd.RESOURCE_EXHAUSTED);
    assertLimited("operations_rate_limit_exceeded", () -> client.publish("t", "m"));
    assertThat(client.subscribe("t").end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(http.get("/cache/entitlements?key=k").statusCode()).isEqualTo(429);
    assertThat(faults.clear()).isEqualTo(1);
    client.publish("t", "m");
  }

  @Test
  void everyProtocolIsStruckByTheSameFault() {
    Fault fault = faults.on(Rpc.GET, Rpc.SUBSCRIBE, Rpc.PUBLISH).refuse(StreamEnd.UNAVAILABLE);
    assertThat(http.get("/cache/entitlements?key=k").statusCode()).isEqualTo(503);
    assertThat(http.get("/topics/entitlements/t").statusCode()).isEqualTo(503);
    assertThat(http.post("/topics/entitlements/t", "text/plain", Http.utf8("m")).statusCode())
        .isEqualTo(503);
    assertThat(client.subscribe("t").end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(fault.hits()).isEqualTo(4);
  }

  @Test
  @Tag("P8")
  void whoIsNotKnownIsRefusedBeforeAnyFaultStrikes() {
    Fault fault = faults.on().refuse(StreamEnd.UNAVAILABLE);
    try (Client stranger = new Client(momento, "wrong")) {
      assertFails(Status.Code.UNAUTHENTICATED, () -> stranger.get("k"));
    }
    assertThat(new Http(momento, "wrong").get("/cache/entitlements?key=k").statusCode())
        .isEqualTo(401);
    assertThat(fault.hits()).isZero();
  }

  @Test
  void mintingFailsByTokenId() {
    Permissions any = Permits.of(Permits.noKeys(CacheRole.CacheReadOnly, null));
    faults.on(Rpc.GENERATE_DISPOSABLE_TOKEN).forKey("u-1").refuse(StreamEnd.UNAVAILABLE);
    assertFails(Status.Code.UNAVAILABLE, () -> client.mint(any, 60, "u-1"));
    client.mint(any, 60, "u-2");
  }

  @Test
  @Tag("P6")
  void aLostAnswerIsOfACallThatWasCarriedOut() {
    faults.on(Rpc.SET).times(1).loseAnswers(StreamEnd.UNAVAILABLE);
    assertFails(Status.Code.UNAVAILABLE, () -> client.set("k", "v", 60_000));
    assertThat(client.get("k").getCacheBody().toStringUtf8()).isEqualTo("v");
  }

  @Test
  @Tag("P4")
  void whatHangsIsAnsweredWhenTheFaultIsOver() {
    Fault fault = faults.on(Rpc.SET, Rpc.SUBSCRIBE).times(3).hang();
    CompletableFuture<?> call = CompletableFuture.runAsync(() -> client.set("k", "v", 60_000));
    Stream stream = client.subscribe("t");
    var poll = http.sendLater(http.request("/topics/entitlements/t").GET());
    await().until(() -> fault.hits() == 3);
    assertThat(fault.isOver()).isTrue();
    assertThat(client.get("k").getResult()).as("not carried out").isEqualTo(ECacheResult.Miss);
    assertThat(call).isNotDone();
    client.subscribe("t").active();
    fault.close();
    call.orTimeout(10, TimeUnit.SECONDS).join();
    stream.active();
    assertThat(client.get("k").getResult()).isEqualTo(ECacheResult.Hit);
    client.publish("t", "m");
    assertThat(poll.orTimeout(10, TimeUnit.SECONDS).join().statusCode()).isEqualTo(200);
  }

  @Test
  @Tag("P9")
  void aCallThatWasGivenUpIsNeverCarriedOut() {
    Fault fault = faults.on(Rpc.SET).times(1).hang();
    assertFails(
        Status.Code.DEADLINE_EXCEEDED,
        () ->
            client
                .scs()
                .withDeadlineAfter(50, TimeUnit.MILLISECONDS)
                .set(Client.setRequest("k", "v", 60_000)));
    // The cancellation has come before these, on the same connection.
    client.get("k");
    client.get("k");
    fault.close();
    assertThat(client.get("k").getResult()).isEqualTo(ECacheResult.Miss);
  }

  @Test
  void aDelayedCallIsAnsweredLater() {
    Duration delay = Duration.ofMillis(200);
    faults.on(Rpc.GET).delay(delay);
    long begun = System.nanoTime();
    client.get("k");
    http.get("/cache/entitlements?key=k");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isGreaterThanOrEqualTo(delay.multipliedBy(2));
    faults.clear();
    faults.on(Rpc.GET).delay(Duration.ofMinutes(10));
    CompletableFuture<?> call = CompletableFuture.runAsync(() -> client.get("k"));
    await().until(() -> faults.list().get(0).hits() == 1);
    faults.clear();
    call.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void aStaleReadSeesTheValueBeforeTheLastWriteAndAConsistentOneNever() {
    client.set("k", "1", 60_000);
    faults.on(Rpc.GET, Rpc.GET_BATCH).forKey("k").serveStale();
    assertThat(client.get("k").getResult()).isEqualTo(ECacheResult.Miss);
    client.set("k", "2", 60_000);
    assertThat(client.get("k").getCacheBody().toStringUtf8()).isEqualTo("1");
    assertThat(http.get("/cache/entitlements?key=k").body()).isEqualTo(Http.utf8("1"));
    assertThat(client.getConsistently("k").getCacheBody().toStringUtf8()).isEqualTo("2");
    client.scs().delete(_DeleteRequest.newBuilder().setCacheKey(Client.bytes("k")).build());
    assertThat(client.get("k").getCacheBody().toStringUtf8()).isEqualTo("2");
    assertThat(client.getConsistently("k").getResult()).isEqualTo(ECacheResult.Miss);
    faults.clear();
    assertThat(client.get("k").getResult()).isEqualTo(ECacheResult.Miss);
  }

  @Test
  void aFaultEndsWhenItsTimeIsOver() {
    Fault fault = faults.on(Rpc.GET).lasting(Duration.ofMillis(100)).hang();
    client.get("k");
    assertThat(fault.isOver()).isTrue();
    assertThat(fault.hits()).isLessThanOrEqualTo(1);
    assertThat(faults.list()).isEmpty();
  }

  @Test
  void theFirstOfSeveralFaultsStrikes() {
    faults.on(Rpc.GET).times(1).refuse(StreamEnd.ABORTED);
    faults.on(Rpc.GET).refuse(StreamEnd.INTERNAL);
    assertFails(Status.Code.ABORTED, () -> client.get("k"));
    assertFails(Status.Code.INTERNAL, () -> client.get("k"));
    assertThat(faults.list()).extracting(Fault::hits).containsExactly(1L, 1L);
  }

  @Test
  @Tag("P4")
  void allTokensCanRunOutAtOnceAndTheirStreamsEnd() {
    Permissions any =
        Permits.of(
            Permits.noKeys(CacheRole.CacheReadOnly, null),
            Permits.allTopics(TopicRole.TopicReadOnly, null));
    Stream owners = client.subscribe("t").active();
    try (Client bearer = new Client(momento, client.mint(any, 60, "u-1").getApiKey())) {
      Stream stream = bearer.subscribe("t").active();
      faults.expireTokens();
      assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertFails(Status.Code.UNAUTHENTICATED, () -> bearer.get("k"));
    }
    try (Client bearer = new Client(momento, client.mint(any, 60, "u-1").getApiKey())) {
      bearer.get("k");
      bearer.subscribe("t").active();
    }
    client.publish("t", "m");
    assertThat(owners.text()).isEqualTo("m");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> faults.on(Rpc.GET).times(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> faults.on(Rpc.GET).lasting(Duration.ZERO))
        .hasMessageContaining("longer than 0");
    assertThatThrownBy(() -> faults.on(Rpc.GET).delay(Duration.ZERO))
        .hasMessageContaining("longer than 0");
    assertThatThrownBy(() -> faults.on(Rpc.SET).serveStale()).hasMessageContaining("GET_BATCH");
    assertThat(faults.list()).isEmpty();
  }

  @Test
  void aFaultSaysWhatItIs() {
    Fault fault = faults.on(Rpc.GET).forKey("u-1").refuse(StreamEnd.ABORTED);
    assertThat(fault.toString()).contains("REFUSE", "GET", "u-1", "ABORTED");
  }

  @Test
  void everyOperationCanBeNamed() {
    assertThat(Arrays.stream(Operation.values()).map(Operation::rpc))
        .containsExactlyInAnyOrder(Rpc.values());
  }
}
