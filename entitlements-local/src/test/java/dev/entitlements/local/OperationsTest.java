package dev.entitlements.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.entitlements.local.Operations.Count;
import grpc.cache_client._DeleteRequest;
import grpc.cache_client._KeysExistRequest;
import grpc.cache_client._SetIfRequest;
import grpc.common.Absent;
import grpc.permission_messages.CacheRole;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("P10")
@Timeout(60)
class OperationsTest {
  private static final Count NONE = new Count(0, 0);

  private final LocalMomento momento = LocalMomento.start();
  private final Client client = new Client(momento, momento.apiKey());

  @AfterEach
  void stop() {
    client.close();
    momento.close();
  }

  @Test
  void aServerThatNobodyCalledHasDoneNothing() {
    assertThat(momento.operations()).isEqualTo(new Operations(NONE, NONE, NONE, NONE, 0, 0, 0));
    assertThat(momento.operations().billable()).isZero();
  }

  @Test
  void eachKilobyteBegunCountsOneUnitAndEachOperationOneAtLeast() {
    client.set("empty", "", 60_000);
    client.set("full", "x".repeat(1024), 60_000);
    client.set("more", "x".repeat(1025), 60_000);
    assertThat(momento.operations().writes()).isEqualTo(new Count(3, 4));

    client.get("empty");
    client.get("full");
    client.get("more");
    assertThat(momento.operations().reads()).isEqualTo(new Count(3, 4));
    assertThat(momento.operations().billable()).isEqualTo(8);
  }

  @Test
  void aMissCountsAsARead() {
    client.get("nothing");
    assertThat(momento.operations().reads()).isEqualTo(new Count(1, 1));
  }

  @Test
  void aReadThatIsConsistentCountsAmongTheReadsAndByItself() {
    client.get("k");
    client.getConsistently("k");
    assertThat(momento.operations().reads()).isEqualTo(new Count(2, 2));
    assertThat(momento.operations().consistentReads()).isEqualTo(1);
  }

  @Test
  void aConditionalWriteCountsWhetherItsConditionHeldOrNot() {
    setIfAbsent("k", "x".repeat(2048));
    setIfAbsent("k", "x".repeat(2048));
    assertThat(momento.operations().writes()).isEqualTo(new Count(2, 4));
  }

  @Test
  void whatIsAskedOfAnItemAndItsDeletionCountOneEach() {
    client.set("k", "x".repeat(5000), 60_000);
    Operations before = momento.operations();
    client.scs().keysExist(_KeysExistRequest.newBuilder().addCacheKeys(bytes("k")).build());
    client.scs().delete(_DeleteRequest.newBuilder().setCacheKey(bytes("k")).build());
    Operations since = momento.operations().since(before);
    assertThat(since.reads()).isEqualTo(new Count(1, 1));
    assertThat(since.writes()).isEqualTo(new Count(1, 1));
  }

  @Test
  void aMessageCountsOnceForThePublisherAndOnceForEachSubscriber() {
    Stream first = client.subscribe("t").active();
    Stream second = client.subscribe("t").active();
    client.publish("t", "x".repeat(1500));
    assertThat(first.text()).hasSize(1500);
    assertThat(second.text()).hasSize(1500);
    await().until(() -> momento.operations().deliveries().calls() == 2);
    Operations operations = momento.operations();
    assertThat(operations.publishes()).isEqualTo(new Count(1, 2));
    assertThat(operations.deliveries()).isEqualTo(new Count(2, 4));
    assertThat(operations.subscriptions()).isEqualTo(2);
    assertThat(operations.billable()).isEqualTo(6);
  }

  @Test
  void aMessageThatAFaultDropsIsNotDelivered() {
    Stream stream = client.subscribe("t").active();
    momento.faults().onDeliveries().times(1).drop();
    client.publish("t", "lost");
    client.publish("t", "m");
    assertThat(stream.text()).isEqualTo("m");
    await().until(() -> momento.operations().deliveries().calls() > 0);
    assertThat(momento.operations().publishes()).isEqualTo(new Count(2, 2));
    assertThat(momento.operations().deliveries()).isEqualTo(new Count(1, 1));
  }

  @Test
  void whatIsRefusedCostsNothing() {
    momento.faults().on(Rpc.GET).times(1).refuse(StreamEnd.UNAVAILABLE);
    assertThatThrownBy(() -> client.get("k")).isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> client.set("k", "v", 0)).isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> client.publish("t", "x".repeat(5000)))
        .isInstanceOf(StatusRuntimeException.class);
    try (Client stranger = new Client(momento, "not-the-key")) {
      assertThatThrownBy(() -> stranger.get("k")).isInstanceOf(StatusRuntimeException.class);
    }
    assertThat(momento.operations().billable()).isZero();
  }

  @Test
  void theHttpApiCountsAlike() {
    Http http = new Http(momento, momento.apiKey());
    http.put("/cache/entitlements?key=k&ttl_seconds=60", Http.utf8("x".repeat(1025)));
    http.get("/cache/entitlements?key=k");
    http.post("/topics/entitlements/t", "text/plain", Http.utf8("m"));
    Operations operations = momento.operations();
    assertThat(operations.writes()).isEqualTo(new Count(1, 2));
    assertThat(operations.reads()).isEqualTo(new Count(1, 2));
    assertThat(operations.publishes()).isEqualTo(new Count(1, 1));
  }

  @Test
  void tokensAreCounted() {
    var unused = client.mint(Permits.of(Permits.noKeys(CacheRole.CacheReadOnly, null)), 60, "u-1");
    assertThat(momento.operations().tokens()).isEqualTo(1);
  }

  private void setIfAbsent(String key, String value) {
    var unused =
        client
            .scs()
            .setIf(
                _SetIfRequest.newBuilder()
                    .setCacheKey(bytes(key))
                    .setCacheBody(bytes(value))
                    .setTtlMilliseconds(60_000)
                    .setAbsent(Absent.getDefaultInstance())
                    .build());
  }

  private static ByteString bytes(String text) {
    return Client.bytes(text);
  }
}
