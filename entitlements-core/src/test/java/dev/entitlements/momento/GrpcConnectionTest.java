package dev.entitlements.momento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.testkit.RecordedSubscription;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcConnectionTest {
  private static final String CACHE = "entitlements";
  private static final Duration HOUR = Duration.ofHours(1);

  private LocalMomento service;
  private GrpcConnection connection;

  @BeforeEach
  void open() {
    service = LocalMomento.start();
    connection = GrpcConnection.to(MomentoEndpoint.of(service.endpoint()));
  }

  @AfterEach
  void close() {
    connection.close();
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://cache.example.com", "http://127.example.com:8080", "http://10.0.0.1"})
  @Tag("P8")
  void plaintextToAnotherMachineIsRefused(String uri) {
    EntitlementsException error =
        catchThrowableOfType(
            EntitlementsException.class, () -> GrpcConnection.to(MomentoEndpoint.parse(uri)));
    assertThat(error.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    assertThat(error).hasMessageContaining(uri).hasMessageContaining("https");
  }

  @Test
  @Tag("P8")
  void plaintextToAnotherMachineIsForThoseWhoAskForIt() {
    MomentoEndpoint remote = MomentoEndpoint.parse("http://cache.example.com");
    try (GrpcConnection allowed = GrpcConnection.builder(remote).allowPlaintext(true).build()) {
      assertThat(allowed.endpoint()).isEqualTo(remote);
    }
    MomentoEndpoint secure = MomentoEndpoint.parse("https://cache.example.com");
    try (GrpcConnection encrypted = GrpcConnection.to(secure)) {
      assertThat(encrypted.endpoint()).isEqualTo(secure);
    }
  }

  @Test
  @Tag("P9")
  void theTimeForACallIsMoreThanNothing() {
    GrpcConnection.Builder builder = GrpcConnection.builder(connection.endpoint());
    assertThatIllegalArgumentException().isThrownBy(() -> builder.callTimeout(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.callTimeout(Duration.ofNanos(-1)))
        .withMessageContaining("callTimeout");
    assertThatNullPointerException().isThrownBy(() -> GrpcConnection.builder(null));
  }

  /** A host that accepts connections and says nothing, as an overloaded one or a firewall does. */
  @Test
  @Tag("P4")
  void aCallToAHostThatSaysNothingIsATimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        GrpcConnection toSilence =
            GrpcConnection.builder(
                    MomentoEndpoint.of("127.0.0.1", "127.0.0.1", silent.getLocalPort(), false))
                .callTimeout(Duration.ofMillis(100))
                .build()) {
      GrpcMomento momento = toSilence.as(Credential.ofApiKey("key"), CACHE);
      assertThat(kindOf(momento.publish("u-42", "hello"))).isEqualTo(ErrorKind.TIMEOUT);
      assertThat(kindOf(momento.mint("u-42", "u-42", HOUR))).isEqualTo(ErrorKind.TIMEOUT);
    }
  }

  @Test
  @Tag("P9")
  void manyCredentialsShareOneConnection() {
    List<RecordedSubscription> subscriptions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String user = "u-" + i;
      MintedToken token = await(backend().mint(user, user, HOUR));
      GrpcMomento player = connection.as(token.credential(), CACHE);
      assertThat(await(player.get(user, Consistency.EVENTUAL))).isEmpty();
      subscriptions.add(RecordedSubscription.open(player, user).request(10).awaitHeartbeat());
    }
    for (int i = 0; i < 20; i++) {
      await(backend().publish("u-" + i, "for " + i));
    }
    for (int i = 0; i < 20; i++) {
      subscriptions.get(i).awaitMessages("for " + i);
    }
    assertThat(service.faults().dropConnections()).isEqualTo(1);
  }

  @Test
  @Tag("P9")
  void moreSubscriptionsThanOneConnectionTakesAreAllActive() {
    List<RecordedSubscription> subscriptions = new ArrayList<>();
    for (int i = 0; i < 2 * ChannelPool.STREAMS_PER_CHANNEL + 1; i++) {
      subscriptions.add(RecordedSubscription.open(backend(), "u-42").request(10));
    }
    subscriptions.forEach(RecordedSubscription::awaitHeartbeat);
    await(backend().publish("u-42", "hello"));
    subscriptions.forEach(subscription -> subscription.awaitMessages("hello"));
    assertThat(service.faults().dropConnections()).isEqualTo(3);
    subscriptions.forEach(RecordedSubscription::awaitEnd);
  }

  @Test
  @Tag("P9")
  void aSubscriptionThatEndedGivesItsPlaceBack() {
    for (int round = 0; round < 3; round++) {
      List<RecordedSubscription> subscriptions = new ArrayList<>();
      for (int i = 0; i < ChannelPool.STREAMS_PER_CHANNEL; i++) {
        subscriptions.add(RecordedSubscription.open(backend(), "u-42").request(10));
      }
      subscriptions.forEach(RecordedSubscription::awaitHeartbeat);
      if (round == 0) {
        subscriptions.forEach(RecordedSubscription::cancel);
      } else {
        service.faults().endStreamsNormally();
      }
      subscriptions.forEach(RecordedSubscription::awaitEnd);
    }
    assertThat(service.faults().dropConnections()).isEqualTo(1);
  }

  @Test
  @Tag("P1")
  void onceAStreamHasEndedWithTheServicesRestartTheVeryNextCallsSucceed() {
    for (int i = 0; i < 3; i++) {
      RecordedSubscription before =
          RecordedSubscription.open(backend(), "u-42").request(10).awaitHeartbeat();
      await(service.faults().restart(Duration.ZERO, true));
      assertThat(before.awaitEnd()).isPresent();
      assertThat(await(backend().get("u-42", Consistency.EVENTUAL))).isEmpty();
      RecordedSubscription.open(backend(), "u-42").request(10).awaitHeartbeat().cancel();
    }
  }

  /** A channel that could not connect would otherwise wait for a second and more. */
  @Test
  @Tag("P1")
  void onceTheServiceIsBackTheVeryNextCallsSucceedThoughEarlierOnesFailed() {
    await(backend().publish("u-42", "connected"));
    int port = service.port();
    service.close();
    for (int i = 0; i < 3; i++) {
      assertThat(kindOf(backend().get("u-42", Consistency.EVENTUAL)))
          .isEqualTo(ErrorKind.UNAVAILABLE);
    }
    service = LocalMomento.builder().port(port).start();
    assertThat(await(backend().get("u-42", Consistency.EVENTUAL))).isEmpty();
    RecordedSubscription.open(backend(), "u-42").request(10).awaitHeartbeat();
    assertThat(await(backend().mint("u-42", "u-42", HOUR))).isNotNull();
  }

  @Test
  @Tag("P4")
  void callsAndStreamsOfAClosedConnectionFailAndSayWhy() {
    RecordedSubscription open =
        RecordedSubscription.open(backend(), "u-42").request(10).awaitHeartbeat();
    connection.close();
    assertThat(open.awaitEnd().map(EntitlementsException::kind)).contains(ErrorKind.CLOSED);
    assertThat(kindOf(backend().get("u-42", Consistency.EVENTUAL))).isEqualTo(ErrorKind.CLOSED);
    assertThat(kindOf(backend().publish("u-42", "hello"))).isEqualTo(ErrorKind.CLOSED);
    assertThat(kindOf(backend().mint("u-42", "u-42", HOUR))).isEqualTo(ErrorKind.CLOSED);
    RecordedSubscription late = RecordedSubscription.open(backend(), "u-42").request(1);
    assertThat(late.awaitEnd().map(EntitlementsException::kind)).contains(ErrorKind.CLOSED);
    connection.close();
  }

  @Test
  @Tag("P9")
  void aConnectionThatWasNeverUsedClosesAndThenFailsCallsAlike() {
    connection.close();
    assertThat(kindOf(backend().publish("u-42", "hello"))).isEqualTo(ErrorKind.CLOSED);
  }

  /** gRPC shares its threads between connections and ends them a second after the last one. */
  @Test
  @Tag("P9")
  void afterCloseNoThreadIsLeft() {
    RecordedSubscription.open(backend(), "u-42").request(10).awaitHeartbeat();
    assertThat(grpcThreads()).isNotEmpty();
    connection.close();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(grpcThreads()).isEmpty());
  }

  @Test
  @Tag("P10")
  void itsThreadsAreDaemons() {
    RecordedSubscription.open(backend(), "u-42").request(10).awaitHeartbeat();
    assertThat(grpcThreadObjects()).isNotEmpty().allMatch(Thread::isDaemon);
  }

  private GrpcMomento backend() {
    return connection.as(Credential.ofApiKey(service.apiKey()), CACHE);
  }

  private static Set<String> grpcThreads() {
    return grpcThreadObjects().stream().map(Thread::getName).collect(Collectors.toSet());
  }

  private static Set<Thread> grpcThreadObjects() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("grpc-"))
        .collect(Collectors.toSet());
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the call should have succeeded", e);
    }
  }

  private static ErrorKind kindOf(CompletableFuture<?> future) {
    try {
      throw new AssertionError("completed with " + future.get(20, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(EntitlementsException.class);
      return ((EntitlementsException) e.getCause()).kind();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the call should have failed", e);
    }
  }
}
