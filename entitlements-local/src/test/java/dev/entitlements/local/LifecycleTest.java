package dev.entitlements.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import grpc.cache_client.ECacheResult;
import io.grpc.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("P9")
@Timeout(60)
class LifecycleTest {

  @Test
  void closeEndsWithinTwoSecondsAndLeavesNoThreadAndNoPort() throws Exception {
    LocalMomento momento = LocalMomento.start();
    try (Client client = new Client(momento, momento.apiKey())) {
      client.set("k", "v", 60_000);
      client.subscribe("t").active();
      long begun = System.nanoTime();
      momento.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
    }
    assertThatThrownBy(() -> new Socket(momento.host(), momento.port()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void allThreadsButTheAcceptingOneAreDaemons() {
    try (LocalMomento momento = LocalMomento.start();
        Client client = new Client(momento, momento.apiKey())) {
      client.set("k", "v", 60_000);
      assertThat(ourThreads()).isNotEmpty();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> ourThreads().contains(thread.getName()))
          .filteredOn(thread -> !thread.isDaemon())
          .singleElement()
          .satisfies(thread -> assertThat(thread.getName()).startsWith("armeria-boss"));
    }
  }

  @Test
  void closeIsIdempotent() {
    LocalMomento momento = LocalMomento.start();
    momento.close();
    momento.close();
  }

  @Test
  void aTakenPortIsAClearError() {
    try (LocalMomento first = LocalMomento.start()) {
      assertThatThrownBy(() -> LocalMomento.builder().port(first.port()).start())
          .isInstanceOfSatisfying(
              LocalMomentoException.class,
              e -> assertThat(e.reason()).isEqualTo(LocalMomentoException.Reason.PORT_IN_USE))
          .hasMessageContaining("127.0.0.1:" + first.port())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void aHostThatIsNotOfThisMachineIsAClearError() {
    assertThatThrownBy(() -> LocalMomento.builder().host("192.0.2.1").start())
        .isInstanceOfSatisfying(
            LocalMomentoException.class,
            e -> assertThat(e.reason()).isEqualTo(LocalMomentoException.Reason.BAD_HOST))
        .hasMessageContaining("192.0.2.1");
  }

  @Test
  void aFailedStartLeavesNoThread() {
    try (LocalMomento first = LocalMomento.start()) {
      int before = ourThreads().size();
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> LocalMomento.builder().port(first.port()).start())
            .isInstanceOf(LocalMomentoException.class);
      }
      await().untilAsserted(() -> assertThat(ourThreads()).hasSizeLessThanOrEqualTo(before));
    }
  }

  @Test
  @Tag("P8")
  void noSecretIsInToString() {
    try (LocalMomento momento = LocalMomento.builder().apiKey("s3cret").start()) {
      assertThat(momento.toString()).doesNotContain("s3cret");
      assertThat(momento.credentials().toString()).doesNotContain("s3cret");
    }
  }

  @Test
  void theEndpointIsWhereItListens() {
    try (LocalMomento momento = LocalMomento.start()) {
      assertThat(momento.endpoint()).isEqualTo(URI.create("http://127.0.0.1:" + momento.port()));
    }
    try (LocalMomento momento = LocalMomento.builder().host("0.0.0.0").start()) {
      assertThat(momento.endpoint()).isEqualTo(URI.create("http://127.0.0.1:" + momento.port()));
    }
  }

  @Test
  void wrongArgumentsAreRefusedAtOnce() {
    LocalMomento.Builder builder = LocalMomento.builder();
    assertThatThrownBy(() -> builder.port(70_000)).hasMessageContaining("70000");
    assertThatThrownBy(() -> builder.apiKey("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.apiKey("a b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.cache("a/b")).hasMessageContaining("a/b");
    assertThatThrownBy(() -> builder.host("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.heartbeatInterval(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.replayDepth(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.subscriberBuffer(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Quotas(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("P1")
  void aRestartComesBackOnTheSamePortWithItsItems() {
    try (LocalMomento momento = LocalMomento.start();
        Client client = new Client(momento, momento.apiKey())) {
      client.set("k", "v", 60_000);
      Stream stream = client.subscribe("t").active();
      int port = momento.port();
      CompletableFuture<Void> back = momento.faults().restart(Duration.ofMillis(50), true);
      assertThat(stream.end().getCode()).isNotEqualTo(Status.Code.OK);
      back.orTimeout(10, TimeUnit.SECONDS).join();
      assertThat(momento.port()).isEqualTo(port);
      try (Client again = new Client(momento, momento.apiKey())) {
        assertThat(again.get("k").getCacheBody().toStringUtf8()).isEqualTo("v");
      }
    }
  }

  @Test
  @Tag("P1")
  void aRestartCanLoseTheItemsButNotTheCaches() {
    try (LocalMomento momento = LocalMomento.start();
        Client client = new Client(momento, momento.apiKey())) {
      client.set("k", "v", 60_000);
      momento.faults().restart(Duration.ZERO, false).orTimeout(10, TimeUnit.SECONDS).join();
      try (Client again = new Client(momento, momento.apiKey())) {
        assertThat(again.get("k").getResult()).isEqualTo(ECacheResult.Miss);
      }
    }
  }

  @Test
  @Tag("P1")
  void nobodyListensDuringARestart() {
    try (LocalMomento momento = LocalMomento.start()) {
      var unused = momento.faults().restart(Duration.ofMinutes(1), true);
      assertThatThrownBy(() -> new Socket(momento.host(), momento.port()).close())
          .isInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> momento.faults().restart(Duration.ZERO, true))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingDuringARestartFailsTheRestart() {
    LocalMomento momento = LocalMomento.start();
    CompletableFuture<Void> back = momento.faults().restart(Duration.ofMinutes(1), true);
    momento.close();
    assertThatThrownBy(() -> back.orTimeout(10, TimeUnit.SECONDS).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
  }

  @Test
  @Tag("P1")
  void droppedConnectionsCanBeOpenedAgain() throws IOException {
    try (LocalMomento momento = LocalMomento.start();
        Client client = new Client(momento, momento.apiKey())) {
      Stream stream = client.subscribe("t").active();
      assertThat(momento.faults().dropConnections()).isEqualTo(1);
      assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      client.subscribe("t").active();
    }
  }

  private static List<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("local-momento") || name.startsWith("armeria"))
        .sorted()
        .toList();
  }
}
