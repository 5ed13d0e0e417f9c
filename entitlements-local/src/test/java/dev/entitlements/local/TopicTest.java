package dev.entitlements.local;

import static dev.entitlements.local.Client.CACHE;
import static dev.entitlements.local.Errors.assertFails;
import static dev.entitlements.local.Errors.assertLimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import grpc.cache_client.pubsub._Discontinuity;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._TopicItem;
import grpc.cache_client.pubsub._TopicValue;
import grpc.control_client._DeleteCacheRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("P1")
@Timeout(60)
class TopicTest {
  private final MutableClock clock = new MutableClock();
  private LocalMomento momento;
  private Client client;

  @BeforeEach
  void start() {
    momento = LocalMomento.builder().clock(clock).replayDepth(3).subscriberBuffer(5).start();
    client = new Client(momento, momento.apiKey());
  }

  @AfterEach
  void stop() {
    client.close();
    momento.close();
  }

  @Test
  void aHeartbeatComesFirstAndThenWhatIsPublished() {
    Stream stream = client.subscribe("t");
    assertThat(stream.next().hasHeartbeat()).isTrue();
    client.publish("t", "one");
    client.publish(
        CACHE, "t", _TopicValue.newBuilder().setBinary(ByteString.fromHex("00ff")).build());
    _TopicItem first = stream.message();
    _TopicItem second = stream.message();
    assertThat(first.getValue().getText()).isEqualTo("one");
    assertThat(first.getTopicSequenceNumber()).isEqualTo(1);
    assertThat(first.getPublisherId()).isEmpty();
    assertThat(second.getValue().getBinary()).isEqualTo(ByteString.fromHex("00ff"));
    assertThat(second.getTopicSequenceNumber()).isEqualTo(2);
    assertThat(second.getSequencePage()).isEqualTo(first.getSequencePage());
  }

  @Test
  void allSubscribersSeeTheSameOrder() {
    Stream a = client.subscribe("t").active();
    Stream b = client.subscribe("t").active();
    for (int i = 0; i < 5; i++) {
      client.publish("t", "m" + i);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(a.text()).isEqualTo("m" + i);
      assertThat(b.text()).isEqualTo("m" + i);
    }
  }

  @Test
  void topicsOfOtherNamesAreOthers() {
    Stream stream = client.subscribe("t").active();
    client.publish("other", "no");
    client.publish("t", "yes");
    assertThat(stream.text()).isEqualTo("yes");
  }

  @Test
  void heartbeatsGoOn() {
    try (LocalMomento quick =
            LocalMomento.builder().heartbeatInterval(Duration.ofMillis(20)).start();
        Client other = new Client(quick, quick.apiKey())) {
      Stream stream = other.subscribe("t").active();
      for (int i = 0; i < 3; i++) {
        assertThat(stream.next().hasHeartbeat()).isTrue();
      }
    }
  }

  @Test
  void whoComesBackIsReplayedWhatHeMissed() {
    Stream stream = client.subscribe("t").active();
    client.publish("t", "1");
    long page = stream.message().getSequencePage();
    stream.cancel();
    client.publish("t", "2");
    client.publish("t", "3");
    Stream again = client.subscribe(CACHE, "t", 2, page).active();
    assertThat(again.text()).isEqualTo("2");
    assertThat(again.text()).isEqualTo("3");
    client.publish("t", "4");
    assertThat(again.text()).isEqualTo("4");
  }

  @Test
  void whoMissedMoreThanIsKeptGetsADiscontinuity() {
    long page = pageOf("t");
    for (int i = 2; i <= 6; i++) {
      client.publish("t", "" + i);
    }
    Stream again = client.subscribe(CACHE, "t", 2, page).active();
    assertThat(again.discontinuity()).isEqualTo(discontinuity(1, 4, page));
    assertThat(again.text()).isEqualTo("4");
    assertThat(again.text()).isEqualTo("5");
    assertThat(again.text()).isEqualTo("6");
  }

  @Test
  void whoMissedNothingIsToldNothing() {
    long page = pageOf("t");
    Stream again = client.subscribe(CACHE, "t", 2, page).active();
    client.publish("t", "2");
    assertThat(again.text()).isEqualTo("2");
  }

  @Test
  void whoStartsAtZeroGetsOnlyWhatComes() {
    client.publish("t", "old");
    Stream stream = client.subscribe("t").active();
    client.publish("t", "new");
    assertThat(stream.message().getTopicSequenceNumber()).isEqualTo(2);
  }

  @Test
  void aResetStartsALargerPageAndTellsSubscribers() {
    Stream stream = client.subscribe("t").active();
    client.publish("t", "1");
    long page = stream.message().getSequencePage();
    momento.faults().resetTopic(CACHE, "t");
    _Discontinuity told = stream.discontinuity();
    assertThat(told.getNewSequencePage()).isGreaterThan(page);
    assertThat(told.getLastTopicSequence()).isEqualTo(1);
    assertThat(told.getNewTopicSequence()).isEqualTo(1);
    client.publish("t", "again");
    _TopicItem item = stream.message();
    assertThat(item.getTopicSequenceNumber()).isEqualTo(1);
    assertThat(item.getSequencePage()).isEqualTo(told.getNewSequencePage());
  }

  @Test
  void whoComesBackOnAnOldPageGetsADiscontinuityAndTheNewPage() {
    long page = pageOf("t");
    momento.faults().resetTopic(CACHE, "t");
    client.publish("t", "fresh");
    Stream again = client.subscribe(CACHE, "t", 2, page).active();
    _Discontinuity told = again.discontinuity();
    assertThat(told.getNewSequencePage()).isGreaterThan(page);
    assertThat(told.getNewTopicSequence()).isEqualTo(1);
    assertThat(again.text()).isEqualTo("fresh");
  }

  @Test
  void aPageIsTheTimeOfCreationInSeconds() {
    assertThat(pageOf("t")).isEqualTo(clock.instant().getEpochSecond());
  }

  @Test
  @Tag("P9")
  void aSubscriberThatDoesNotReadMissesSomeAndIsToldSo() {
    Stream slow = client.subscribe(CACHE, "t", 0, 0, Stream.notReading()).active();
    String payload = "x".repeat(4096);
    int published = 600;
    for (int i = 0; i < published; i++) {
      client.publish("t", payload);
    }
    slow.readOn();
    long expected = 1;
    boolean gap = false;
    List<Long> seen = new ArrayList<>();
    while (true) {
      _SubscriptionItem item = slow.nextButHeartbeats();
      if (item.hasDiscontinuity()) {
        assertThat(item.getDiscontinuity().getLastTopicSequence()).isEqualTo(expected - 1);
        assertThat(item.getDiscontinuity().getNewTopicSequence()).isGreaterThan(expected);
        expected = item.getDiscontinuity().getNewTopicSequence();
        if (!gap) {
          gap = true;
          client.publish("t", "last");
        }
      } else {
        assertThat(item.getItem().getTopicSequenceNumber()).isEqualTo(expected);
        seen.add(expected++);
        if (item.getItem().getValue().getText().equals("last")) {
          break;
        }
      }
    }
    assertThat(gap).isTrue();
    assertThat(seen).hasSizeLessThan(published);
  }

  @Test
  void aMessageHasAtMostFourKilobytes() {
    client.publish("t", "x".repeat(4096));
    assertLimited("request_size_limit_exceeded", () -> client.publish("t", "x".repeat(4097)));
  }

  @Test
  void nonsenseIsRefused() {
    assertFails(Status.Code.INVALID_ARGUMENT, () -> client.publish("", "v"));
    assertFails(
        Status.Code.INVALID_ARGUMENT,
        () -> client.publish(CACHE, "t", _TopicValue.getDefaultInstance()));
    var text = _TopicValue.newBuilder().setText("v").build();
    assertFails(Status.Code.NOT_FOUND, () -> client.publish("unknown", "t", text));
    assertThat(client.subscribe("").end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(client.subscribe("unknown", "t", 0, 0).end().getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThatThrownBy(() -> momento.faults().resetTopic("unknown", "t"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void subscriptionsEndWhenTheirCacheIsDeleted() {
    Stream stream = client.subscribe("t").active();
    client.control().deleteCache(_DeleteCacheRequest.newBuilder().setCacheName(CACHE).build());
    assertThat(stream.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("P4")
  void streamsCanBeEndedWithAnyStatus(StreamEnd status) {
    Stream stream = client.subscribe("t").active();
    assertThat(momento.faults().endStreams(status)).isEqualTo(1);
    assertThat(stream.end().getCode().name()).isEqualTo(status.name());
    client.subscribe("t").active();
  }

  @Test
  @Tag("P4")
  void streamsCanBeEndedNormally() {
    Stream stream = client.subscribe("t").active();
    assertThat(momento.faults().endStreamsNormally()).isEqualTo(1);
    assertThat(stream.end()).isEqualTo(Status.OK);
  }

  @Test
  @Tag("P9")
  void aCancelledSubscriptionIsForgotten() {
    for (int i = 0; i < 300; i++) {
      client.subscribe("t").active().cancel();
    }
    Stream stays = client.subscribe("t").active();
    await().untilAsserted(() -> assertThat(momento.faults().endStreamsNormally()).isLessThan(2));
    assertThat(stays.end()).isEqualTo(Status.OK);
  }

  @Test
  void aConnectionHasAtMostAHundredStreams() {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      streams.add(client.subscribe("t").active());
    }
    Stream waits = client.subscribe("t");
    assertThat(waits.isQuiet()).isTrue();
    streams.get(0).cancel();
    waits.active();
  }

  private long pageOf(String topic) {
    Stream stream = client.subscribe(topic).active();
    client.publish(topic, "1");
    long page = stream.message().getSequencePage();
    stream.cancel();
    return page;
  }

  private static _Discontinuity discontinuity(long last, long next, long page) {
    return _Discontinuity.newBuilder()
        .setLastTopicSequence(last)
        .setNewTopicSequence(next)
        .setNewSequencePage(page)
        .build();
  }
}
