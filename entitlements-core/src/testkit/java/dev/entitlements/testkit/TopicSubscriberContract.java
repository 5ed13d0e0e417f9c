package dev.entitlements.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.StreamEnd;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.MomentoEndpoint;
import dev.entitlements.momento.TopicItem;
import dev.entitlements.momento.TopicPublisher;
import dev.entitlements.momento.TopicSubscriber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link TopicSubscriber} does. */
public abstract class TopicSubscriberContract extends MomentoContract {
  private static final int MANY = 1_000;

  /** The implementation under test; the subclass closes it after each test. */
  protected abstract TopicSubscriber subscriber(Bearer bearer);

  @Test
  @Tag("P4")
  void theFirstEventIsAHeartbeat() {
    RecordedSubscription subscription = open(backend()).request(MANY).awaitHeartbeat();
    publish("one");
    subscription.awaitMessages("one");
    assertThat(subscription.events()).startsWith("heartbeat");
  }

  @Test
  @Tag("P3")
  void messagesComeInOrderWithSequenceNumbersThatRiseByOne() {
    RecordedSubscription subscription = listening(backend());
    String[] texts = IntStream.range(0, 100).mapToObj(i -> "message " + i).toArray(String[]::new);
    for (String text : texts) {
      publish(text);
    }
    subscription.awaitMessages(texts);
    List<TopicItem> messages = subscription.messages();
    for (int i = 1; i < messages.size(); i++) {
      assertThat(messages.get(i).sequenceNumber())
          .isEqualTo(messages.get(i - 1).sequenceNumber() + 1);
      assertThat(messages.get(i).sequencePage()).isEqualTo(messages.get(0).sequencePage());
    }
  }

  @Test
  @Tag("P1")
  void allSubscribersSeeTheSameSequence() {
    RecordedSubscription one = listening(backend());
    RecordedSubscription other = listening(player("u-42"));
    publish("hello");
    one.awaitMessages("hello");
    other.awaitMessages("hello");
    assertThat(one.messages().get(0).sequenceNumber())
        .isEqualTo(other.messages().get(0).sequenceNumber());
    assertThat(one.messages().get(0).sequencePage())
        .isEqualTo(other.messages().get(0).sequencePage());
  }

  @Test
  @Tag("P5")
  void textArrivesAsUtf8() {
    RecordedSubscription subscription = listening(backend());
    publish("日本 \ud83d\ude00 \u0000");
    subscription.awaitMessages("日本 \ud83d\ude00 \u0000");
  }

  @Test
  @Tag("P5")
  void bytesArriveAsTheyAre() throws Exception {
    RecordedSubscription subscription = listening(backend());
    byte[] value = {0, (byte) 0xFF, (byte) 0xC0, 'a'};
    publish(value);
    publish("after");
    Awaitility.await().atMost(PATIENCE).until(() -> subscription.messages().size() == 2);
    assertThat(subscription.messages().get(0).value()).isEqualTo(value);
    subscription.assertKept();
  }

  @Test
  @Tag("P8")
  void aSubscriptionSeesOnlyItsOwnTopic() {
    RecordedSubscription subscription = listening(backend());
    await(roles().publish("u-43", "another topic"));
    await(roles(backend().withCache(OTHER_CACHE)).publish("u-42", "another cache"));
    publish("its own");
    subscription.awaitMessages("its own");
  }

  @Test
  @Tag("P9")
  void nothingComesBeforeItIsRequestedAndNoMoreThanIs() {
    RecordedSubscription unread = open(backend());
    RecordedSubscription reader = open(backend()).request(1).awaitHeartbeat();
    RecordedSubscription control = listening(backend());
    publish("one");
    publish("two");
    publish("three");
    control.awaitMessages("one", "two", "three");
    assertThat(unread.events()).isEmpty();
    assertThat(reader.texts()).isEmpty();
    reader.request(2);
    reader.awaitMessages("one", "two");
    reader.request(1);
    reader.awaitMessages("one", "two", "three");
    unread.assertKept();
  }

  @Test
  @Tag("P9")
  void afterACancelTheServiceHasNoSubscriberAndNothingComes() {
    RecordedSubscription subscription = listening(backend());
    publish("before");
    subscription.awaitMessages("before");
    subscription.cancel();
    RecordedSubscription control = listening(backend());
    publish("after");
    control.awaitMessages("after");
    assertThat(subscription.texts()).containsExactly("before");
    control.cancel();
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(service.faults().endStreamsNormally()).isZero());
    subscription.cancel();
    subscription.request(1);
    subscription.assertKept();
  }

  @Test
  @Tag("P9")
  void aSubscriptionMayBeCancelledBeforeAnythingCame() {
    RecordedSubscription subscription = open(backend());
    subscription.cancel();
    subscription.request(MANY);
    RecordedSubscription control = listening(backend());
    publish("after");
    control.awaitMessages("after");
    assertThat(subscription.texts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CANCELLED, UNAVAILABLE",
    "UNAVAILABLE, UNAVAILABLE",
    "ABORTED, UNAVAILABLE",
    "DEADLINE_EXCEEDED, TIMEOUT",
    "UNAUTHENTICATED, UNAUTHENTICATED",
    "PERMISSION_DENIED, PERMISSION_DENIED",
    "NOT_FOUND, CACHE_NOT_FOUND",
    "RESOURCE_EXHAUSTED, RATE_LIMITED",
    "INTERNAL, INTERNAL",
    "UNKNOWN, INTERNAL",
    "DATA_LOSS, INTERNAL",
    "UNIMPLEMENTED, UNSUPPORTED",
    "INVALID_ARGUMENT, INVALID_REQUEST"
  })
  @Tag("P4")
  void aStreamThatTheServiceEndsWithAnErrorEndsWithItsKind(StreamEnd end, ErrorKind kind) {
    RecordedSubscription subscription = open(backend()).request(1).awaitHeartbeat();
    assertThat(service.faults().endStreams(end)).isEqualTo(1);
    assertThat(subscription.awaitEnd().map(EntitlementsException::kind)).contains(kind);
    assertThat(subscription.events()).containsExactly("heartbeat", "end");
  }

  @Test
  @Tag("P4")
  void aStreamThatTheServiceEndsNormallyEndsWithoutAnError() {
    RecordedSubscription subscription = open(backend()).request(1).awaitHeartbeat();
    assertThat(service.faults().endStreamsNormally()).isEqualTo(1);
    assertThat(subscription.awaitEnd()).isEmpty();
    assertThat(subscription.events()).containsExactly("heartbeat", "end");
  }

  @Test
  @Tag("P4")
  void aConnectionThatIsLostEndsTheStreamWithATransientError() {
    RecordedSubscription subscription = listening(backend());
    service.faults().dropConnections();
    assertThat(subscription.awaitEnd()).hasValueSatisfying(e -> assertTransient(e.kind()));
  }

  @Test
  @Tag("P4")
  void aServiceThatStopsEndsTheStreamWithATransientError() {
    RecordedSubscription subscription = listening(backend());
    service.close();
    assertThat(subscription.awaitEnd()).hasValueSatisfying(e -> assertTransient(e.kind()));
    RecordedSubscription late = open(backend()).request(1);
    assertThat(late.awaitEnd()).hasValueSatisfying(e -> assertTransient(e.kind()));
    assertThat(late.events()).containsExactly("end");
  }

  @Test
  @Tag("P1")
  void afterARestartTheNextSubscriptionIsActive() {
    TopicSubscriber subscriber = subscriber(backend());
    RecordedSubscription before =
        RecordedSubscription.open(subscriber, "u-42").request(MANY).awaitHeartbeat();
    await(service.faults().restart(Duration.ZERO, true));
    assertThat(before.awaitEnd()).isPresent();
    RecordedSubscription after =
        RecordedSubscription.open(subscriber, "u-42").request(MANY).awaitHeartbeat();
    publish("hello");
    after.awaitMessages("hello");
  }

  @Test
  @Tag("P1")
  void aTopicThatIsResetShowsAsADiscontinuityToALargerPage() {
    RecordedSubscription subscription = listening(backend());
    publish("before");
    subscription.awaitMessages("before");
    service.faults().resetTopic(CACHE, "u-42");
    subscription.awaitDiscontinuity();
    publish("after");
    subscription.awaitMessages("before", "after");
    List<TopicItem> messages = subscription.messages();
    assertThat(subscription.newPages()).containsExactly(messages.get(1).sequencePage());
    assertThat(messages.get(1).sequencePage()).isGreaterThan(messages.get(0).sequencePage());
    assertThat(messages.get(1).sequenceNumber())
        .isLessThanOrEqualTo(messages.get(0).sequenceNumber());
  }

  /** What bounds the memory of a player that is slow: the service drops, and says so. */
  @Test
  @Tag("P9")
  void aSubscriberThatDoesNotReadMissesMessagesAndIsTold() {
    LocalMomento.Builder small = LocalMomento.builder().cache(CACHE).subscriberBuffer(10);
    try (LocalMomento impatient = configure(small).start();
        GrpcConnection publishing = GrpcConnection.to(MomentoEndpoint.of(impatient.endpoint()))) {
      Bearer bearer = new Bearer(publishing.endpoint(), impatient.apiKey(), CACHE);
      TopicPublisher publisher = publishing.as(Credential.ofApiKey(bearer.apiKey()), CACHE);
      RecordedSubscription slow = open(bearer).request(1).awaitHeartbeat();
      // More than the network holds.
      for (int i = 0; i < 600; i++) {
        await(publisher.publish("u-42", "x".repeat(4_000)));
      }
      slow.request(MANY);
      slow.awaitDiscontinuity();
      assertThat(slow.texts().size()).isLessThan(600);
      await(publisher.publish("u-42", "newest"));
      slow.awaitMessage("newest");
    }
  }

  @Test
  @Tag("P8")
  void aPlayerSubscribesToItsOwnTopicAndToNoOther() {
    Bearer player = player("u-42");
    listening(player);
    RecordedSubscription foreign =
        RecordedSubscription.open(subscriber(player), "u-4").request(MANY);
    assertThat(kindOf(foreign)).isEqualTo(ErrorKind.PERMISSION_DENIED);
    RecordedSubscription elsewhere = open(player.withCache(OTHER_CACHE)).request(MANY);
    assertThat(kindOf(elsewhere)).isEqualTo(ErrorKind.PERMISSION_DENIED);
    assertThat(foreign.events()).containsExactly("end");
  }

  @Test
  @Tag("P8")
  void aWrongKeyIsUnauthenticated() {
    RecordedSubscription subscription = open(backend().withApiKey("wrong-key")).request(MANY);
    assertThat(kindOf(subscription)).isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(subscription.events()).containsExactly("end");
  }

  @Test
  @Tag("P8")
  void aTokenThatRunsOutEndsTheStreamWhereTheServiceDoesSo() {
    RecordedSubscription subscription = listening(player("u-42"));
    clock.advance(HOUR.plusSeconds(1));
    assertThat(kindOf(subscription)).isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  @Test
  @Tag("P4")
  void anUnknownCacheIsNotFound() {
    RecordedSubscription subscription = open(backend().withCache("no-such-cache")).request(MANY);
    assertThat(kindOf(subscription)).isEqualTo(ErrorKind.CACHE_NOT_FOUND);
    assertThat(subscription.events()).containsExactly("end");
  }

  private RecordedSubscription open(Bearer bearer) {
    return RecordedSubscription.open(subscriber(bearer), "u-42");
  }

  private RecordedSubscription listening(Bearer bearer) {
    return open(bearer).request(MANY).awaitHeartbeat();
  }

  private void publish(String text) {
    await(roles().publish("u-42", text));
  }

  /** As bytes, which only Momento's HTTP API does here. */
  private void publish(byte[] value) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.endpoint() + "/topics/" + CACHE + "/u-42"))
            .header("Authorization", service.apiKey())
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(value))
            .build();
    HttpResponse<Void> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    assertThat(response.statusCode()).isEqualTo(204);
  }

  private static ErrorKind kindOf(RecordedSubscription subscription) {
    return subscription.awaitEnd().orElseThrow().kind();
  }

  private static void assertTransient(ErrorKind kind) {
    assertThat(kind.isTransient()).as(kind.name()).isTrue();
  }
}
