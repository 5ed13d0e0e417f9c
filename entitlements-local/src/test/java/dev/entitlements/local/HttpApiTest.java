package dev.entitlements.local;

import static dev.entitlements.local.Http.json;
import static dev.entitlements.local.Http.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import grpc.permission_messages.CacheRole;
import grpc.permission_messages.TopicRole;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Tag("P1")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpApiTest {
  private final MutableClock clock = new MutableClock();
  private LocalMomento momento;
  private Client client;
  private Http http;

  @BeforeAll
  void start() {
    momento = LocalMomento.builder().clock(clock).start();
    client = new Client(momento, momento.apiKey());
    http = new Http(momento, momento.apiKey());
  }

  @AfterAll
  void stop() {
    client.close();
    momento.close();
  }

  @Test
  void whatIsPutIsGotUntilItIsDeletedOrRunsOut() {
    String path = "/cache/entitlements?key=a%2Fb%20%C3%A4";
    HttpResponse<byte[]> put = http.put(path + "&ttl_seconds=60", new byte[] {0, 1, (byte) 255});
    assertThat(put.statusCode()).isEqualTo(204);
    assertThat(http.get(path).body()).containsExactly(0, 1, 255);
    assertThat(client.get("a/b ä").getCacheBody().size()).isEqualTo(3);
    assertThat(http.delete(path).statusCode()).isEqualTo(204);
    assertError(http.get(path), 404, "Key Not Found");
    http.put(path + "&ttl_seconds=60", utf8("v"));
    clock.advance(Duration.ofSeconds(60));
    assertError(http.get(path), 404, "Key Not Found");
  }

  @Test
  void aKeyMayComeInBase64() {
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(utf8("k?/"));
    http.put("/cache/entitlements?ttl_seconds=60&key_base64=" + key, utf8("v"));
    assertThat(client.get("k?/").getCacheBody().toStringUtf8()).isEqualTo("v");
  }

  @Test
  void whatIsWrongWithARequestIsSaid() {
    String path = "/cache/entitlements";
    assertError(http.get(path), 400, "key");
    assertError(http.get(path + "?key=a&key_base64=YQ"), 400, "key");
    assertError(http.get(path + "?key="), 400, "key");
    assertError(http.get(path + "?key_base64=*"), 400, "base64");
    assertError(http.put(path + "?key=a", utf8("v")), 400, "ttl_seconds is missing");
    assertError(http.put(path + "?key=a&ttl_seconds=x", utf8("v")), 400, "ttl_seconds");
    assertError(http.put(path + "?key=a&ttl_seconds=0", utf8("v")), 400, "TTL");
    assertError(http.put(path + "?key=a&ttl_seconds=86401", utf8("v")), 400, "TTL");
    assertError(http.get("/topics/entitlements/t?sequence_number=x"), 400, "sequence_number");
    assertError(http.get("/cache/unknown?key=a"), 404, "Cache Not Found");
    assertError(http.get("/topics/unknown/t"), 404, "Cache Not Found");
    assertError(http.get("/nowhere"), 404, "/nowhere");
    assertError(
        http.send(http.request(path).method("PATCH", HttpRequest.BodyPublishers.noBody())),
        405,
        "PATCH");
    assertError(
        http.post("/topics/entitlements/t", "text/plain", new byte[] {(byte) 0xff}), 400, "UTF-8");
  }

  @Test
  @Tag("P8")
  void aCredentialIsNeededInOnePlace() {
    Http nobody = new Http(momento, null);
    assertError(nobody.get("/cache/entitlements?key=a"), 401, "credential");
    assertError(new Http(momento, "wrong").get("/cache/entitlements?key=a"), 401, "Invalid");
    assertError(nobody.post("/topics/entitlements/t", "text/plain", utf8("v")), 401, "credential");
    assertError(nobody.get("/topics/entitlements/t"), 401, "credential");
    assertThat(nobody.get("/cache/entitlements?key=none&token=dev-key").statusCode())
        .isEqualTo(404);
    assertError(http.get("/cache/entitlements?key=a&token=dev-key"), 400, "Two credentials");
    Http base64 = new Http(momento, momento.authToken());
    assertThat(base64.get("/cache/entitlements?key=none").statusCode()).isEqualTo(404);
  }

  @Test
  @Tag("P8")
  void aTokenDoesWhatItAllowsAndNoMore() {
    Http bearer =
        new Http(
            momento,
            client
                .mint(
                    Permits.of(
                        Permits.key(CacheRole.CacheReadOnly, Client.CACHE, "u-1"),
                        Permits.topic(TopicRole.TopicReadOnly, Client.CACHE, "u-1")),
                    60,
                    "u-1")
                .getApiKey());
    assertThat(bearer.get("/cache/entitlements?key=u-1").statusCode()).isEqualTo(404);
    assertError(bearer.get("/cache/entitlements?key=u-2"), 403, "GET");
    assertError(bearer.put("/cache/entitlements?key=u-1&ttl_seconds=9", utf8("v")), 403, "SET");
    assertError(bearer.delete("/cache/entitlements?key=u-1"), 403, "DELETE");
    assertError(bearer.post("/topics/entitlements/u-1", "text/plain", utf8("v")), 403, "PUBLISH");
    assertError(bearer.get("/topics/entitlements/u-2"), 403, "SUBSCRIBE");
    client.publish("u-1", "v");
    assertThat(items(bearer.get("/topics/entitlements/u-1?sequence_number=1"))).hasSize(1);
    CompletableFuture<HttpResponse<byte[]>> poll =
        bearer.sendLater(bearer.request("/topics/entitlements/u-1").GET());
    clock.advance(Duration.ofSeconds(60));
    assertError(poll.join(), 401, "expired");
  }

  @Test
  void limitsAreTheClouds() {
    HttpResponse<byte[]> item =
        http.put("/cache/entitlements?key=a&ttl_seconds=9", new byte[5 * 1024 * 1024]);
    assertError(item, 429, "bytes");
    assertThat(json(item).get("err").asText()).isEqualTo("item_size_limit_exceeded");
    HttpResponse<byte[]> message =
        http.post("/topics/entitlements/t", "application/octet-stream", new byte[4097]);
    assertError(message, 429, "bytes");
    assertThat(json(message).get("err").asText()).isEqualTo("request_size_limit_exceeded");
    assertError(
        http.put("/cache/entitlements?key=a&ttl_seconds=9", new byte[17 * 1024 * 1024]), 413, "");
  }

  @Test
  void whatIsPostedReachesSubscribers() {
    Stream stream = client.subscribe(Client.CACHE, "a/b", 0, 0).active();
    assertThat(http.post("/topics/entitlements/a%2Fb", "text/plain", utf8("tëxt")).statusCode())
        .isEqualTo(204);
    http.post("/topics/entitlements/a%2Fb", "application/octet-stream", new byte[] {1, 2});
    assertThat(stream.text()).isEqualTo("tëxt");
    assertThat(stream.message().getValue().getBinary().toByteArray()).containsExactly(1, 2);
    stream.cancel();
  }

  @Test
  void aLongPollWaitsForTheNextMessage() {
    CompletableFuture<HttpResponse<byte[]>> poll =
        http.sendLater(http.request("/topics/entitlements/poll").GET());
    await()
        .untilAsserted(
            () -> {
              client.publish("poll", "hello");
              assertThat(poll).isDone();
            });
    JsonNode item = items(poll.join()).get(0).get("item");
    assertThat(item.get("value").get("text").asText()).isEqualTo("hello");
    assertThat(item.get("topic_sequence_number").asLong()).isPositive();
    assertThat(item.get("sequence_page").asLong()).isPositive();
  }

  @Test
  void aLongPollGoesOnWhereTheLastOneEnded() {
    client.publish("on", "1");
    client.publish("on", "2");
    http.post("/topics/entitlements/on", "application/octet-stream", new byte[] {1, 2, 3});
    JsonNode items = items(http.get("/topics/entitlements/on?sequence_number=2&sequence_page=0"));
    assertThat(items).hasSize(2);
    assertThat(items.get(0).get("item").get("value").get("text").asText()).isEqualTo("2");
    assertThat(items.get(1).get("item").get("value").get("binary").asText())
        .isEqualTo(Base64.getEncoder().encodeToString(new byte[] {1, 2, 3}));
    long page = items.get(0).get("item").get("sequence_page").asLong();
    momento.faults().resetTopic(Client.CACHE, "on");
    client.publish("on", "new");
    JsonNode after =
        items(http.get("/topics/entitlements/on?sequence_number=4&sequence_page=" + page));
    assertThat(after.get(0).get("discontinuity").get("last_topic_sequence").asLong()).isEqualTo(3);
    assertThat(after.get(0).get("discontinuity").get("new_topic_sequence").asLong()).isEqualTo(1);
    assertThat(after.get(0).get("discontinuity").get("new_sequence_page").asLong())
        .isGreaterThan(page);
    assertThat(after.get(1).get("item").get("value").get("text").asText()).isEqualTo("new");
  }

  @Test
  void aLongPollInVainEndsEmpty() {
    try (LocalMomento quick = LocalMomento.builder().longPollWait(Duration.ofMillis(30)).start()) {
      HttpResponse<byte[]> answer = new Http(quick, quick.apiKey()).get("/topics/entitlements/t");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(items(answer)).isEmpty();
    }
  }

  @Test
  @Tag("P4")
  void aLongPollCanBeEndedByAFault() {
    CompletableFuture<HttpResponse<byte[]>> poll =
        http.sendLater(http.request("/topics/entitlements/fault").GET());
    await().until(() -> momento.faults().endStreams(StreamEnd.RESOURCE_EXHAUSTED) == 1);
    assertError(poll.join(), 429, "fault");
  }

  private static JsonNode items(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return json(response).get("items");
  }

  private static void assertError(HttpResponse<byte[]> response, int status, String said) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    assertThat(json(response).get("status").asInt()).isEqualTo(status);
    assertThat(json(response).get("message").asText()).contains(said);
    assertThat(json(response).get("error").asText()).isNotEmpty();
  }
}
