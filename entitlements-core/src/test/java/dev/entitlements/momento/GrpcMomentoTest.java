package dev.entitlements.momento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.Samples;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.testkit.RecordedSubscription;
import grpc.cache_client.ECacheResult;
import grpc.cache_client._GetResponse;
import grpc.cache_client.pubsub._Discontinuity;
import grpc.cache_client.pubsub._Heartbeat;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._TopicItem;
import grpc.cache_client.pubsub._TopicValue;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what becomes of answers that no good service gives. */
class GrpcMomentoTest {
  private ScriptedService service;
  private GrpcConnection connection;

  @AfterEach
  void close() {
    connection.close();
    service.close();
  }

  @Test
  @Tag("P8")
  void aCallCarriesTheBareKeyAndTheCache() throws Exception {
    GrpcMomento momento = connect(ScriptedService.thatAlwaysMisses());
    assertThat(momento.get("u-42", Consistency.EVENTUAL).get(20, TimeUnit.SECONDS)).isEmpty();
    Metadata headers = service.headers.take();
    assertThat(header(headers, "authorization")).isEqualTo(Samples.SECRET);
    assertThat(header(headers, "cache")).isEqualTo("entitlements");
    assertThat(header(headers, "read-concern")).isNull();
  }

  @Test
  @Tag("P1")
  void aConsistentReadAsksForIt() throws Exception {
    GrpcMomento momento = connect(ScriptedService.thatAlwaysMisses());
    assertThat(momento.get("u-42", Consistency.CONSISTENT).get(20, TimeUnit.SECONDS)).isEmpty();
    assertThat(header(service.headers.take(), "read-concern")).isEqualTo("consistent");
  }

  @Test
  @Tag("P4")
  void aServiceThatDoesNotAnswerIsATimeout() {
    service = ScriptedService.thatNeverAnswers();
    connection =
        GrpcConnection.builder(service.endpoint()).callTimeout(Duration.ofMillis(100)).build();
    assertThat(kindOf(momento().get("u-42", Consistency.EVENTUAL))).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  @Tag("P9")
  void aReadThatIsCancelledIsCancelledAtTheService() throws Exception {
    GrpcMomento momento = connect(ScriptedService.thatNeverAnswers());
    CompletableFuture<Optional<byte[]>> read = momento.get("u-42", Consistency.EVENTUAL);
    service.headers.take();
    read.cancel(false);
    assertThat(service.cancelled.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Tag("P4")
  void aCallThatRunsWhenItsConnectionIsClosedSaysSo() throws Exception {
    GrpcMomento momento = connect(ScriptedService.thatNeverAnswers());
    CompletableFuture<Optional<byte[]>> read = momento.get("u-42", Consistency.EVENTUAL);
    service.headers.take();
    connection.close();
    assertThat(kindOf(read)).isEqualTo(ErrorKind.CLOSED);
  }

  @ParameterizedTest
  @EnumSource(
      value = ECacheResult.class,
      names = {"Invalid", "Ok"})
  @Tag("P5")
  void anAnswerThatIsNeitherHitNorMissIsAnErrorAndNoMiss(ECacheResult result) {
    GrpcMomento momento =
        connect(
            ScriptedService.answeringGets(
                (request, observer) -> {
                  observer.onNext(_GetResponse.newBuilder().setResult(result).build());
                  observer.onCompleted();
                }));
    assertThat(kindOf(momento.get("u-42", Consistency.EVENTUAL))).isEqualTo(ErrorKind.INTERNAL);
  }

  @Test
  @Tag("P5")
  void anAnswerOfAKindThatIsNotKnownIsAnErrorAndNoMiss() {
    GrpcMomento momento =
        connect(
            ScriptedService.answeringGets(
                (request, observer) -> {
                  observer.onNext(_GetResponse.newBuilder().setResultValue(99).build());
                  observer.onCompleted();
                }));
    assertThat(kindOf(momento.get("u-42", Consistency.EVENTUAL))).isEqualTo(ErrorKind.INTERNAL);
  }

  @Test
  @Tag("P5")
  void anEventOfAKindThatIsNotKnownIsASignOfLife() {
    GrpcMomento momento =
        connect(
            ScriptedService.streaming(
                observer -> {
                  observer.onNext(_SubscriptionItem.getDefaultInstance());
                  observer.onCompleted();
                }));
    RecordedSubscription subscription = RecordedSubscription.open(momento, "u-42").request(10);
    assertThat(subscription.awaitEnd()).isEmpty();
    assertThat(subscription.events()).containsExactly("heartbeat", "end");
  }

  @Test
  @Tag("P3")
  void eventsAreHandedOnInOrderWithTheirNumbers() {
    GrpcMomento momento =
        connect(
            ScriptedService.streaming(
                observer -> {
                  observer.onNext(
                      _SubscriptionItem.newBuilder()
                          .setHeartbeat(_Heartbeat.getDefaultInstance())
                          .build());
                  observer.onNext(
                      _SubscriptionItem.newBuilder()
                          .setItem(
                              _TopicItem.newBuilder()
                                  .setTopicSequenceNumber(7)
                                  .setSequencePage(1748358253)
                                  .setValue(_TopicValue.newBuilder().setText("hello")))
                          .build());
                  observer.onNext(
                      _SubscriptionItem.newBuilder()
                          .setDiscontinuity(
                              _Discontinuity.newBuilder()
                                  .setLastTopicSequence(7)
                                  .setNewTopicSequence(1)
                                  .setNewSequencePage(1748358254))
                          .build());
                  observer.onError(Status.UNAUTHENTICATED.asRuntimeException());
                }));
    RecordedSubscription subscription = RecordedSubscription.open(momento, "u-42").request(10);
    assertThat(subscription.awaitEnd().map(EntitlementsException::kind))
        .contains(ErrorKind.UNAUTHENTICATED);
    assertThat(subscription.events())
        .containsExactly("heartbeat", "message", "discontinuity", "end");
    assertThat(subscription.texts()).containsExactly("hello");
    assertThat(subscription.messages().get(0).sequenceNumber()).isEqualTo(7);
    assertThat(subscription.messages().get(0).sequencePage()).isEqualTo(1748358253);
    assertThat(subscription.newPages()).containsExactly(1748358254L);
  }

  @Test
  @Tag("P3")
  void theEndNeedsNoRoomButComesAfterWhatWaits() {
    GrpcMomento momento =
        connect(
            ScriptedService.streaming(
                observer -> {
                  observer.onNext(_SubscriptionItem.getDefaultInstance());
                  observer.onNext(message("one"));
                  observer.onNext(message("two"));
                  observer.onError(Status.UNAVAILABLE.asRuntimeException());
                }));
    RecordedSubscription subscription = RecordedSubscription.open(momento, "u-42").request(1);
    subscription.awaitHeartbeat();
    subscription.request(2);
    assertThat(subscription.awaitEnd()).isPresent();
    assertThat(subscription.events()).containsExactly("heartbeat", "message", "message", "end");
  }

  private static _SubscriptionItem message(String text) {
    return _SubscriptionItem.newBuilder()
        .setItem(_TopicItem.newBuilder().setValue(_TopicValue.newBuilder().setText(text)))
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "caché", "c\n", "\ud800"})
  @Tag("P8")
  void aCacheNameThatNoHeaderCanCarryIsRefused(String name) {
    connect(ScriptedService.thatAlwaysMisses());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connection.as(Credential.ofApiKey("key"), name))
        .withMessageStartingWith("cache name");
  }

  @Test
  @Tag("P8")
  void itsTextHasNoSecret() {
    GrpcMomento momento = connect(ScriptedService.thatAlwaysMisses());
    assertThat(momento.toString()).contains("entitlements").doesNotContain(Samples.SECRET);
    assertThat(connection.toString()).contains("127.0.0.1");
  }

  private GrpcMomento connect(ScriptedService scripted) {
    service = scripted;
    connection = GrpcConnection.to(scripted.endpoint());
    return momento();
  }

  private GrpcMomento momento() {
    return connection.as(Credential.ofApiKey(Samples.SECRET), "entitlements");
  }

  private static String header(Metadata headers, String name) {
    return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }

  private static ErrorKind kindOf(CompletableFuture<?> future) {
    try {
      throw new AssertionError("completed with " + future.get(20, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(EntitlementsException.class);
      assertThat(e.getCause().toString()).doesNotContain(Samples.SECRET);
      return ((EntitlementsException) e.getCause()).kind();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
