package dev.entitlements.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.entitlements.SessionToken;
import dev.entitlements.client.WatcherStatus.Reason;
import dev.entitlements.client.WatcherStatus.State;
import dev.entitlements.client.chaos.Census;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.NetworkRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a watcher is at, close ends it within a second, and nothing stays. */
@Tag("P9")
class CloseTest {
  private static final Duration IN_TIME = Duration.ofSeconds(1);

  private final LocalMomento momento = LocalMomento.start();
  private final NetworkRelay network = momento.relay();
  private final Backend backend = new Backend(momento, "u-42").playersBy(network);

  /** Takes connections and never says a word. */
  private final ServerSocket silent = listen();

  @BeforeEach
  void fill() {
    backend.store("free");
  }

  @AfterEach
  void nothingStays() throws IOException {
    await().until(() -> Census.ours().equals(Map.of()));
    await().until(() -> network.connections() == 0);
    network.close();
    backend.close();
    momento.close();
    silent.close();
  }

  @Test
  void beforeTheStart() {
    assertClosesInTime(EntitlementWatcher.builder(backend).build());
  }

  @Test
  void whileTheLoginHangs() {
    AtomicInteger logins = new AtomicInteger();
    EntitlementWatcher watcher =
        started(
            () -> {
              logins.incrementAndGet();
              return new CompletableFuture<>();
            });
    await().until(() -> logins.get() == 1);

    assertClosesInTime(watcher);
  }

  @Test
  void whileTheStreamOpens() {
    AtomicInteger logins = new AtomicInteger();
    EntitlementWatcher watcher =
        started(
            () -> {
              logins.incrementAndGet();
              return loginTo(silent.getLocalPort(), Duration.ofHours(1));
            });
    await().until(() -> logins.get() == 1);

    assertClosesInTime(watcher);
  }

  @Test
  void whileLive() {
    assertClosesInTime(live());
  }

  @RepeatedTest(10)
  @Tag("P4")
  void onAThreadThatIsInterrupted() {
    EntitlementWatcher watcher = live();

    Thread.currentThread().interrupt();
    watcher.close();

    assertThat(Thread.interrupted()).isTrue();
    await().until(() -> watcher.status().state() == State.STOPPED);
  }

  @Test
  @Tag("P4")
  void withTheRuntimeWhileAListenerHoldsUpTheWorker() throws InterruptedException {
    WatcherRuntime runtime = WatcherRuntime.create();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    EntitlementWatcher slow = EntitlementWatcher.builder(backend).runtime(runtime).build();
    EntitlementWatcher other = EntitlementWatcher.builder(backend).runtime(runtime).build();
    slow.addListener(
        change -> {
          held.countDown();
          awaitUninterruptibly(release);
        },
        Runnable::run);
    other.start();
    await().until(() -> other.status().state() == State.LIVE);
    slow.start();
    held.await();

    runtime.close();
    release.countDown();

    await().until(() -> other.status().state() == State.STOPPED);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // Not yet.
      }
    }
  }

  @Test
  void whileReconnecting() throws IOException {
    int nobody = listenAndLeave();
    EntitlementWatcher watcher = started(() -> loginTo(nobody, Duration.ofHours(1)));
    await().until(() -> watcher.status().failures() > 1);

    assertClosesInTime(watcher);
  }

  @Test
  void duringARotation() {
    AtomicInteger logins = new AtomicInteger();
    EntitlementWatcher watcher =
        started(
            () ->
                logins.incrementAndGet() == 1
                    ? loginTo(network.port(), Duration.ofSeconds(1))
                    : loginTo(silent.getLocalPort(), Duration.ofHours(1)));
    await().until(() -> logins.get() == 2);
    assertThat(watcher.status().state()).isEqualTo(State.LIVE);

    assertClosesInTime(watcher);
  }

  @Test
  void inAListener() {
    CompletableFuture<Duration> took = new CompletableFuture<>();
    EntitlementWatcher watcher = EntitlementWatcher.builder(backend).build();
    watcher.addListener(change -> took.complete(timeToClose(watcher)));

    watcher.start();

    assertThat(took.join()).isLessThan(IN_TIME);
    assertClosesInTime(watcher);
  }

  @Test
  void inAListenerThatRunsOnTheWatchersOwnThread() {
    CompletableFuture<Duration> took = new CompletableFuture<>();
    EntitlementWatcher watcher = EntitlementWatcher.builder(backend).build();
    watcher.addListener(change -> took.complete(timeToClose(watcher)), Runnable::run);

    watcher.start();

    assertThat(took.join()).isLessThan(IN_TIME);
    await().untilAsserted(() -> assertStopped(watcher));
  }

  @Test
  void inAListenerOfAnotherWatcherOnTheThreadOfBoth() {
    try (WatcherRuntime runtime = WatcherRuntime.create()) {
      CompletableFuture<Duration> took = new CompletableFuture<>();
      EntitlementWatcher other = EntitlementWatcher.builder(backend).runtime(runtime).build();
      EntitlementWatcher watcher = EntitlementWatcher.builder(backend).runtime(runtime).build();
      watcher.addListener(change -> took.complete(timeToClose(other)), Runnable::run);

      watcher.start();

      assertThat(took.join()).isLessThan(IN_TIME);
      await().untilAsserted(() -> assertStopped(other));
      assertThat(watcher.status().state()).isNotEqualTo(State.STOPPED);
    }
  }

  @Test
  void twice() {
    EntitlementWatcher watcher = live();

    assertClosesInTime(watcher);
    assertClosesInTime(watcher);
  }

  @Test
  void inSeveralThreadsAtOnce() {
    EntitlementWatcher watcher = live();

    assertThat(
            IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> timeToClose(watcher)))
                .toList())
        .allSatisfy(took -> assertThat(took.join()).isLessThan(IN_TIME));
    assertStopped(watcher);
  }

  @Test
  @Tag("P4")
  void afterItsRuntimeWasClosedWhichStopsItToo() {
    WatcherRuntime runtime = WatcherRuntime.create();
    Recorder recorder = new Recorder();
    EntitlementWatcher watcher =
        EntitlementWatcher.builder(backend).runtime(runtime).listener(recorder).build();
    watcher.start().join();
    await().until(() -> watcher.status().state() == State.LIVE);

    runtime.close();

    assertStopped(watcher);
    await().until(() -> recorder.sawState(State.STOPPED));
    assertClosesInTime(watcher);
  }

  @Test
  @Tag("P4")
  void ofARuntimeKeepsNewWatchersFromBeingBuilt() {
    WatcherRuntime runtime = WatcherRuntime.create();
    runtime.close();

    assertThatThrownBy(() -> EntitlementWatcher.builder(backend).runtime(runtime).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private EntitlementWatcher live() {
    EntitlementWatcher watcher = started(backend);
    await().until(() -> watcher.status().state() == State.LIVE);
    return watcher;
  }

  private static EntitlementWatcher started(SessionSource source) {
    EntitlementWatcher watcher = EntitlementWatcher.builder(source).build();
    watcher.start();
    return watcher;
  }

  private CompletionStage<SessionToken> loginTo(int port, Duration life) {
    return backend
        .fetch()
        .thenApply(
            session ->
                SessionToken.builder(session.userId())
                    .token(session.token())
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .cacheName(session.cacheName())
                    .serverTime(Instant.now())
                    .expiresAt(Instant.now().plus(life))
                    .build());
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int listenAndLeave() throws IOException {
    try (ServerSocket left = listen()) {
      return left.getLocalPort();
    }
  }

  private static void assertClosesInTime(EntitlementWatcher watcher) {
    assertThat(timeToClose(watcher)).isLessThan(IN_TIME);
    assertStopped(watcher);
  }

  private static void assertStopped(EntitlementWatcher watcher) {
    assertThat(watcher.status().state()).isEqualTo(State.STOPPED);
    assertThat(watcher.status().reason()).contains(Reason.CLOSED);
  }

  private static Duration timeToClose(EntitlementWatcher watcher) {
    long before = System.nanoTime();
    watcher.close();
    return Duration.ofNanos(System.nanoTime() - before);
  }
}
