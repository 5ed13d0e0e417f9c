package dev.entitlements.local;

import static dev.entitlements.local.Client.CACHE;
import static dev.entitlements.local.Errors.assertFails;
import static dev.entitlements.local.Http.json;
import static dev.entitlements.local.Http.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import grpc.cache_client.ECacheResult;
import grpc.permission_messages.CacheRole;
import io.grpc.Status;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P1")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminTest {
  private static final String PATH = "/admin/faults";

  private LocalMomento momento;
  private Client client;
  private Http http;

  @BeforeAll
  void start() {
    momento = LocalMomento.start();
    client = new Client(momento, momento.apiKey());
    http = new Http(momento, momento.apiKey());
  }

  @AfterEach
  void clear() {
    momento.faults().clear();
  }

  @AfterAll
  void stop() {
    client.close();
    momento.close();
  }

  @Test
  void aFaultIsSetListedAndCleared() {
    HttpResponse<byte[]> set =
        post(
            "{'fault':'refuse','rpcs':['GET'],'cache':'entitlements','key':'u-1','times':3,"
                + "'lasting_ms':60000,'status':'UNAVAILABLE'}");
    assertThat(set.statusCode()).isEqualTo(201);
    assertFails(Status.Code.UNAVAILABLE, () -> client.get("u-1"));
    client.get("u-2");
    JsonNode listed = json(http.get(PATH)).path("faults").path(0);
    String id = json(set).path("id").asText();
    assertThat(listed)
        .hasToString(
            "{'id':ID,'fault':'refuse','rpcs':['GET'],'cache':'entitlements','key':'u-1','times':3,"
                    .replace("ID", id)
                    .replace('\'', '"')
                + "'lasting_ms':60000,'status':'UNAVAILABLE','hits':1,'over':false}"
                    .replace('\'', '"'));
    assertThat(json(http.get(PATH + "/" + id))).isEqualTo(listed);
    assertThat(momento.faults().list()).singleElement().extracting(Fault::hits).isEqualTo(1L);
    assertThat(json(http.delete(PATH)).path("cleared").asInt()).isEqualTo(1);
    assertThat(json(http.get(PATH)).path("faults")).isEmpty();
    client.get("u-1");
  }

  @Test
  void oneFaultIsClearedByItsNumber() {
    String id = json(post("{'fault':'delay','delay_ms':600000}")).path("id").asText();
    post("{'fault':'drop','key':'t'}");
    assertThat(json(http.delete(PATH + "/" + id)).path("over").asBoolean()).isTrue();
    assertThat(http.delete(PATH + "/" + id).statusCode()).isEqualTo(404);
    assertThat(json(http.get(PATH)).path("faults")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'fault':'lose-answer','status':'ABORTED'}",
        "{'fault':'hang','rpcs':['SUBSCRIBE','PUBLISH']}",
        "{'fault':'stale'}",
        "{'fault':'repeat','times':1}",
        "{'fault':'reorder','lasting_ms':1000}",
        "{'fault':'silence','cache':'entitlements','key':'t'}"
      })
  void whatIsListedCanBePostedAgain(String fault) {
    JsonNode set = json(post(fault));
    com.fasterxml.jackson.databind.node.ObjectNode again = set.deepCopy();
    again.remove(java.util.List.of("id", "hits", "over"));
    JsonNode second = json(post(again.toString()));
    assertThat(second.path("fault")).isEqualTo(set.path("fault"));
    assertThat(second.path("rpcs")).isEqualTo(set.path("rpcs"));
    assertThat(second.path("id").asLong()).isGreaterThan(set.path("id").asLong());
  }

  @Test
  @Tag("P4")
  void thingsHappen() {
    dev.entitlements.local.Stream stream = client.subscribe("t").active();
    post("{'fault':'discontinuity','cache':'entitlements','key':'t','missed':2}");
    assertThat(stream.discontinuity().getNewTopicSequence()).isEqualTo(3);
    post("{'fault':'reset-topic','cache':'entitlements','key':'t'}");
    assertThat(stream.discontinuity().getNewTopicSequence()).isEqualTo(1);
    assertThat(
            json(post(
                    "{'fault':'end-streams','cache':'" + CACHE + "','key':'t','status':'ABORTED'}"))
                .path("count")
                .asInt())
        .isEqualTo(1);
    assertThat(stream.end().getCode()).isEqualTo(Status.Code.ABORTED);
    dev.entitlements.local.Stream second = client.subscribe("t").active();
    post("{'fault':'end-streams'}");
    assertThat(second.end().isOk()).isTrue();
  }

  @Test
  void tokensRunOut() {
    String token =
        client
            .mint(Permits.of(Permits.noKeys(CacheRole.CacheReadOnly, null)), 60, "u-1")
            .getApiKey();
    try (Client bearer = new Client(momento, token)) {
      bearer.get("k");
      assertThat(post("{'fault':'expire-tokens'}").statusCode()).isEqualTo(200);
      assertFails(Status.Code.UNAUTHENTICATED, () -> bearer.get("k"));
    }
  }

  @Test
  void whatCutsTheConnectionIsAnsweredFirst() {
    client.set("k", "v", 60_000);
    dev.entitlements.local.Stream stream = client.subscribe("t").active();
    assertThat(post("{'fault':'drop-connections'}").statusCode()).isEqualTo(202);
    assertThat(stream.end().isOk()).isFalse();
    stream = client.subscribe("t").active();
    assertThat(post("{'fault':'restart','down_ms':10,'keep_items':false}").statusCode())
        .isEqualTo(202);
    assertThat(stream.end().isOk()).isFalse();
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(client.get("k").getResult()).isEqualTo(ECacheResult.Miss));
  }

  @Test
  @Tag("P8")
  void onlyTheApiKeyMay() {
    String token =
        client
            .mint(Permits.of(Permits.noKeys(CacheRole.CacheReadWrite, null)), 60, "u-1")
            .getApiKey();
    Stream.of(new Http(momento, null), new Http(momento, "wrong"))
        .forEach(
            stranger -> {
              assertThat(stranger.get(PATH).statusCode()).isEqualTo(401);
              assertThat(stranger.delete(PATH).statusCode()).isEqualTo(401);
              assertThat(post(stranger, "{'fault':'hang'}").statusCode()).isEqualTo(401);
            });
    Http bearer = new Http(momento, token);
    assertThat(bearer.get(PATH).statusCode()).isEqualTo(403);
    assertThat(post(bearer, "{'fault':'hang'}").statusCode()).isEqualTo(403);
    assertThat(momento.faults().list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "no json | not JSON",
        "[] | JSON object",
        "{} | fault is missing",
        "{'fault':'explode'} | no fault explode",
        "{'fault':7} | fault must be a string",
        "{'fault':'refuse'} | refuse needs a status",
        "{'fault':'refuse','status':'BAD'} | status must be of",
        "{'fault':'refuse','status':'ABORTED','rpcs':[]} | rpcs must be",
        "{'fault':'refuse','status':'ABORTED','rpcs':['GOT']} | rpcs must be of",
        "{'fault':'hang','times':0} | at least 1",
        "{'fault':'hang','times':'3'} | times must be a whole number",
        "{'fault':'hang','delay_ms':5} | takes no delay",
        "{'fault':'delay'} | needs a delay",
        "{'fault':'drop','rpcs':['GET']} | takes no rpcs",
        "{'fault':'silence','times':1} | no times",
        "{'fault':'stale','rpcs':['SET']} | GET_BATCH",
        "{'fault':'hang','tmies':3} | tmies",
        "{'fault':'end-streams','key':'t'} | both cache and key",
        "{'fault':'reset-topic','cache':'entitlements'} | key is missing",
        "{'fault':'restart','down_ms':-1} | not be negative",
        "{'fault':'discontinuity','cache':'entitlements','key':'t','missed':-1} | not be negative"
      })
  void whatIsWrongIsSaid(String body, String said) {
    HttpResponse<byte[]> response = post(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("message").asText()).contains(said);
    assertThat(momento.faults().list()).isEmpty();
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(http.get(PATH + "/x").statusCode()).isEqualTo(404);
    assertThat(post("{'fault':'reset-topic','cache':'unknown','key':'t'}").statusCode())
        .isEqualTo(404);
    assertThat(http.put(PATH, utf8("{}")).statusCode()).isEqualTo(405);
  }

  private HttpResponse<byte[]> post(String json) {
    return post(http, json);
  }

  private static HttpResponse<byte[]> post(Http by, String json) {
    return by.post(PATH, "application/json", utf8(json.replace('\'', '"')));
  }
}
