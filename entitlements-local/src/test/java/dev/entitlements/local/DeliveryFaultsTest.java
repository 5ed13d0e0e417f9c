package dev.entitlements.local;

import static dev.entitlements.local.Client.CACHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import grpc.cache_client.pubsub._Discontinuity;
import grpc.cache_client.pubsub._TopicItem;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("P1")
@Timeout(60)
class DeliveryFaultsTest {
  private LocalMomento momento;
  private Faults faults;
  private Client client;
  private Stream stream;

  @BeforeEach
  void start() {
    momento = LocalMomento.builder().heartbeatInterval(Duration.ofMillis(5)).start();
    faults = momento.faults();
    client = new Client(momento, momento.apiKey());
    stream = client.subscribe("t").active();
  }

  @AfterEach
  void stop() {
    client.close();
    momento.close();
  }

  @Test
  void aDroppedMessageSpendsItsSequenceNumberInSilence() {
    Stream other = client.subscribe("other").active();
    Fault fault = faults.onDeliveries().inCache(CACHE).onTopic("t").times(2).drop();
    publish("1", "2", "3");
    client.publish("other", "o");
    _TopicItem item = stream.message();
    assertThat(item.getValue().getText()).isEqualTo("3");
    assertThat(item.getTopicSequenceNumber()).isEqualTo(3);
    assertThat(other.text()).isEqualTo("o");
    assertThat(fault.hits()).isEqualTo(2);
    assertThat(client.subscribe(CACHE, "t", 1, item.getSequencePage()).active().text())
        .as("it can be replayed")
        .isEqualTo("1");
  }

  @Test
  void eachDeliveryCounts() {
    Stream second = client.subscribe("t").active();
    faults.onDeliveries().times(1).drop();
    publish("1", "2");
    assertThat(stream.text()).isEqualTo("2");
    assertThat(second.text()).isEqualTo("1");
  }

  @Test
  @Tag("P3")
  void aMessageIsRepeatedWithItsNumber() {
    faults.onDeliveries().times(1).repeat();
    publish("1", "2");
    List<_TopicItem> items = List.of(stream.message(), stream.message(), stream.message());
    assertThat(items).extracting(_TopicItem::getTopicSequenceNumber).containsExactly(1L, 1L, 2L);
  }

  @Test
  @Tag("P2")
  void messagesChangePlaces() {
    faults.onDeliveries().reorder();
    publish("1", "2", "3", "4");
    assertThat(texts(4)).containsExactly("2", "1", "4", "3");
  }

  @Test
  @Tag("P2")
  void whatIsHeldBackComesAtTheLatestWhenTheFaultIsCleared() {
    faults.onDeliveries().times(1).reorder();
    publish("1");
    faults.clear();
    assertThat(stream.text()).isEqualTo("1");
    publish("2");
    assertThat(stream.text()).isEqualTo("2");
  }

  @Test
  @Tag("P4")
  void aSilencedStreamGetsNothingUntilTheFaultIsOver() {
    Fault fault = faults.onDeliveries().silence();
    Stream late = client.subscribe("t");
    publish("1");
    long hits = fault.hits();
    await().until(() -> fault.hits() > hits + 10);
    assertThat(late.isQuiet()).isTrue();
    assertThat(stream.isQuiet()).isTrue();
    assertThat(late.hasNothing()).isTrue();
    fault.close();
    assertThat(stream.text()).isEqualTo("1");
    assertThat(late.active().text()).isEqualTo("1");
  }

  @Test
  @Tag("P4")
  void aServerThatStopsAnsweringDoesSoForAll() {
    List<Fault> set = faults.stopAnswering();
    Stream late = client.subscribe("t");
    CompletableFuture<?> call = CompletableFuture.runAsync(() -> client.get("k"));
    await().until(() -> set.get(0).hits() == 2 && set.get(1).hits() > 5);
    assertThat(late.hasNothing()).isTrue();
    assertThat(call).isNotDone();
    assertThat(faults.clear()).isEqualTo(2);
    call.orTimeout(10, TimeUnit.SECONDS).join();
    late.active();
    publish("1");
    assertThat(stream.text()).isEqualTo("1");
  }

  @Test
  void streamsEndByTopic() {
    Stream other = client.subscribe("other").active();
    assertThat(faults.endStreams(CACHE, "t", StreamEnd.ABORTED)).isEqualTo(1);
    assertThat(stream.end().getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(faults.endStreamsNormally(CACHE, "t")).isZero();
    assertThat(faults.endStreamsNormally(CACHE, "other")).isEqualTo(1);
    assertThat(other.end().getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void aSilencedStreamCanStillBeEnded() {
    faults.onDeliveries().silence();
    publish("1");
    faults.endStreams(StreamEnd.UNAVAILABLE);
    assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aDiscontinuityIsAnnouncedOnTheSamePage() {
    publish("1");
    long page = stream.message().getSequencePage();
    faults.announceDiscontinuity(CACHE, "t", 3);
    assertThat(stream.discontinuity())
        .isEqualTo(
            _Discontinuity.newBuilder()
                .setLastTopicSequence(1)
                .setNewTopicSequence(5)
                .setNewSequencePage(page)
                .build());
    publish("5");
    assertThat(stream.message().getTopicSequenceNumber()).isEqualTo(5);
    faults.announceDiscontinuity(CACHE, "t", 0);
    assertThat(stream.discontinuity().getNewTopicSequence()).isEqualTo(6);
    Stream resumed = client.subscribe(CACHE, "t", 2, page).active();
    assertThat(resumed.discontinuity().getNewTopicSequence()).isEqualTo(5);
    assertThat(resumed.text()).isEqualTo("5");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> faults.onDeliveries().times(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> faults.onDeliveries().times(1).silence())
        .hasMessageContaining("no times");
    assertThatThrownBy(() -> faults.announceDiscontinuity(CACHE, "t", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> faults.announceDiscontinuity("unknown", "t", 1))
        .hasMessageContaining("unknown");
    assertThat(faults.list()).isEmpty();
  }

  private void publish(String... texts) {
    for (String text : texts) {
      client.publish("t", text);
    }
  }

  private List<String> texts(int count) {
    return java.util.stream.Stream.generate(stream::text).limit(count).toList();
  }
}
