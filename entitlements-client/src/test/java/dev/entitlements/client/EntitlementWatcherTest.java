package dev.entitlements.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.client.WatcherStatus.Reason;
import dev.entitlements.client.WatcherStatus.State;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.NetworkRelay;
import dev.entitlements.local.StreamEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The watcher over real sockets, against a real server. */
class EntitlementWatcherTest {
  private final LocalMomento momento = LocalMomento.start();
  private final Backend backend = new Backend(momento, "u-42");
  private final Recorder recorder = new Recorder();
  private final EntitlementWatcher watcher =
      EntitlementWatcher.builder(backend).firstHeartbeatTimeout(Duration.ofSeconds(2)).build();

  @BeforeEach
  void recordEverything() {
    // In the engine's own thread, so that nothing is skipped.
    watcher.addListener(recorder, Runnable::run);
    org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    org.awaitility.Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
  }

  @AfterEach
  void close() {
    watcher.close();
    backend.close();
    momento.close();
    recorder.assertEachChangeFollowsTheOneBefore();
  }

  @Test
  @Tag("P1")
  void startsWithWhatTheCacheHoldsAndIsLive() {
    Entitlements stored = backend.store("free");

    Entitlements first = watcher.start().join();

    assertThat(first).isEqualTo(stored);
    awaitLive();
    assertThat(watcher.current()).contains(stored);
    assertThat(watcher.isEntitled("free")).isTrue();
    assertThat(watcher.isEntitled("premium")).isFalse();
  }

  @Test
  @Tag("P1")
  void anInlinePushIsShownAtOnce() {
    backend.store("free");
    startLive();

    Entitlements published = backend.publish("free", "premium");

    await().until(() -> watcher.isEntitled("premium"));
    assertThat(watcher.current()).contains(published);
    EntitlementChange change = recorder.last();
    assertThat(change.cause()).isEqualTo(EntitlementChange.Cause.PUSH);
    assertThat(change.added()).containsExactly("premium");
    assertThat(change.removed()).isEmpty();
    assertThat(change.previous().map(Entitlements::entitlements).get()).containsOnlyKeys("free");
  }

  @Test
  @Tag("P1")
  void aNoticeSendsItToTheCache() {
    backend.store("free");
    startLive();

    Entitlements published = backend.publishNotice("free", "premium");

    await().until(() -> watcher.isEntitled("premium"));
    assertThat(watcher.current()).contains(published);
    assertThat(recorder.last().cause()).isEqualTo(EntitlementChange.Cause.REFRESH);
    awaitLive();
  }

  @ParameterizedTest
  @EnumSource(StreamEnd.class)
  @Tag("P1")
  void whateverEndsTheStreamItReconnectsAndFindsWhatItMissed(StreamEnd end) {
    backend.store("free");
    startLive();

    assertThat(momento.faults().endStreams(end)).isEqualTo(1);
    Entitlements missed = backend.publish("free", "premium");

    await().until(() -> watcher.current().equals(java.util.Optional.of(missed)));
    awaitLive();
    Entitlements pushed = backend.publish("free", "premium", "sports");
    await().until(() -> watcher.current().equals(java.util.Optional.of(pushed)));
  }

  @Test
  @Tag("P1")
  void aStreamThatEndsNormallyIsReopened() {
    backend.store("free");
    startLive();

    momento.faults().endStreamsNormally();

    await().until(() -> recorder.sawState(State.STALE));
    awaitLive();
    backend.publish("premium");
    await().until(() -> watcher.isEntitled("premium"));
  }

  @Test
  @Tag("P1")
  void droppedConnectionsHeal() {
    backend.store("free");
    startLive();

    momento.faults().dropConnections();
    Entitlements missed = backend.publish("premium");

    await().until(() -> watcher.current().equals(java.util.Optional.of(missed)));
    awaitLive();
  }

  @Test
  @Tag("P1")
  void aRestartOfTheServerHeals() {
    backend.store("free");
    startLive();

    CompletableFuture<Void> restarted = momento.faults().restart(Duration.ofMillis(300), true);
    await().until(() -> watcher.status().state() == State.STALE);
    restarted.join();
    Entitlements missed = backend.publish("premium");

    await().until(() -> watcher.current().equals(java.util.Optional.of(missed)));
    awaitLive();
  }

  @Test
  @Tag("P4")
  void whileTheServerIsAwayTheStatusSaysSoAndTheCopyStays() {
    backend.store("free");
    startLive();
    Instant before = Instant.now();

    CompletableFuture<Void> restarted = momento.faults().restart(Duration.ofMillis(500), true);

    await().until(() -> watcher.status().state() == State.STALE && watcher.status().failures() > 1);
    WatcherStatus status = watcher.status();
    assertThat(status.reason()).contains(Reason.CONNECTION_LOST);
    assertThat(status.lastError().map(EntitlementsException::kind)).contains(ErrorKind.UNAVAILABLE);
    assertThat(status.since()).isBetween(before, Instant.now());
    assertThat(status.lastCurrent()).contains(status.since());
    assertThat(watcher.isEntitled("free")).isTrue();
    restarted.join();
    awaitLive();
  }

  @Test
  @Tag("P4")
  void aSessionSourceThatFailsIsAskedAgainAndTheStatusSaysWhy() {
    AtomicInteger calls = new AtomicInteger();
    SessionSource flaky =
        () -> {
          if (calls.incrementAndGet() < 3) {
            throw new java.io.IOException("no network");
          }
          return backend.fetch();
        };
    backend.store("free");
    Recorder told = new Recorder();
    try (EntitlementWatcher late = EntitlementWatcher.builder(flaky).build()) {
      late.addListener(told, Runnable::run);
      assertThat(late.start().join().entitlements()).containsOnlyKeys("free");
      await().until(() -> late.status().state() == State.LIVE);
      assertThat(told.statuses())
          .anySatisfy(
              status -> {
                assertThat(status.state()).isEqualTo(State.STALE);
                assertThat(status.reason()).contains(Reason.SESSION_UNAVAILABLE);
                assertThat(status.lastError().get()).hasMessageContaining("no network");
              });
    }
  }

  @Test
  @Tag("P4")
  void signedOutIsTheEnd() {
    try (EntitlementWatcher signedOut =
        EntitlementWatcher.builder(
                () -> {
                  throw SessionSource.signedOut();
                })
            .build()) {
      assertThatThrownBy(() -> signedOut.start().join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              EntitlementsException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.SIGNED_OUT));
      assertThat(signedOut.status().state()).isEqualTo(State.STOPPED);
      assertThat(signedOut.status().reason()).contains(Reason.SIGNED_OUT);
    }
  }

  @Test
  @Tag("P5")
  void whatIsNotForItIsReportedAndChangesNothing() {
    Entitlements stored = backend.store("free");
    startLive();

    backend.say("not JSON");
    backend.say("{\"schema\":99,\"userId\":\"u-42\",\"revision\":9000}");
    backend.say("{\"schema\":1,\"userId\":\"u-43\",\"revision\":9000,\"notice\":true}");

    await().until(() -> recorder.sawReason(Reason.BAD_DATA));
    awaitLive();
    assertThat(watcher.current()).contains(stored);
    backend.publish("premium");
    await().until(() -> watcher.isEntitled("premium"));
  }

  @Test
  @Tag("P2")
  void duplicatesAndOlderMessagesAreIgnored() {
    startLive(backend.store("free"));
    Entitlements older = backend.publish("free", "premium");
    Entitlements newer = backend.publish("free");
    await().until(() -> watcher.current().equals(java.util.Optional.of(newer)));
    int told = recorder.changes().size();

    backend.say(older.toJson());
    backend.say(newer.toJson());
    Entitlements last = backend.publish("sports");

    await().until(() -> watcher.current().equals(java.util.Optional.of(last)));
    await().until(() -> recorder.changes().size() == told + 1);
  }

  @Test
  @Tag("P3")
  void aNewListenerFirstGetsWhatThereIs() {
    startLive(backend.store("free"));
    Recorder late = new Recorder();

    watcher.addListener(late);

    await().until(() -> !late.changes().isEmpty());
    assertThat(late.changes().get(0).previous()).isEmpty();
    assertThat(late.changes().get(0).added()).containsExactly("free");
    await().until(() -> late.sawState(State.LIVE));
  }

  @Test
  @Tag("P3")
  void aListenerThatThrowsOrBlocksHoldsUpNobodyElse() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    watcher.addListener(
        change -> {
          throw new IllegalStateException("a listener's own problem");
        });
    watcher.addListener(
        change -> {
          blocked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    startLive(backend.store("free"));
    assertThat(blocked.await(5, TimeUnit.SECONDS)).isTrue();

    backend.publish("premium");

    await().until(() -> recorder.last().current().entitlements().containsKey("premium"));
    release.countDown();
  }

  @Test
  @Tag("P3")
  void aSlowListenerSkipsWhatWasSupersededButNeverTheNewest() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    Recorder slow = new Recorder();
    startLive(backend.store("free"));
    watcher.addListener(
        change -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          slow.onChange(change);
        });
    Entitlements newest = null;
    for (int i = 0; i < 20; i++) {
      newest = backend.publish("plan-" + i);
    }
    Entitlements last = newest;
    await().until(() -> watcher.current().equals(java.util.Optional.of(last)));

    release.countDown();

    await().until(() -> !slow.changes().isEmpty() && slow.last().current().equals(last));
    assertThat(slow.changes()).hasSizeLessThan(20);
    slow.assertEachChangeFollowsTheOneBefore();
  }

  @Test
  @Tag("P10")
  void listenersAreCalledOnTheExecutorTheyWereAddedWith() {
    AtomicInteger tasks = new AtomicInteger();
    Recorder elsewhere = new Recorder();
    watcher.addListener(
        elsewhere,
        task -> {
          tasks.incrementAndGet();
          task.run();
        });
    Recorder byDefault = new Recorder();
    watcher.addListener(byDefault);
    startLive(backend.store("free"));

    await().until(() -> !elsewhere.changes().isEmpty() && !byDefault.changes().isEmpty());
    assertThat(tasks.get()).isPositive();
    assertThat(byDefault.threads()).allMatch(name -> name.startsWith("entitlements-callback"));
  }

  @Test
  @Tag("P1")
  void aGrantEndsAndAnotherBeginsOnTime() {
    Instant boundary = Instant.now().plusMillis(700);
    backend.store(
        Entitlements.Content.of(
            backend.userId,
            Entitlement.builder("trial").validUntil(boundary).build(),
            Entitlement.builder("season").validFrom(boundary).build()));
    startLive();
    assertThat(watcher.isEntitled("trial")).isTrue();
    assertThat(watcher.isEntitled("season")).isFalse();

    await().until(() -> recorder.last().cause() == EntitlementChange.Cause.EXPIRY);

    assertThat(recorder.last().removed()).containsExactly("trial");
    assertThat(recorder.last().added()).containsExactly("season");
    assertThat(watcher.isEntitled("trial")).isFalse();
    assertThat(watcher.isEntitled("season")).isTrue();
  }

  @Test
  @Tag("P1")
  void aShortLivedTokenIsReplacedWithoutAGap() {
    backend.announcedLife(Duration.ofSeconds(1));
    AtomicInteger logins = new AtomicInteger();
    Recorder told = new Recorder();
    backend.store("plan-0");
    try (EntitlementWatcher rotating =
        EntitlementWatcher.builder(
                () -> {
                  logins.incrementAndGet();
                  return backend.fetch();
                })
            .build()) {
      rotating.addListener(told, Runnable::run);
      rotating.start().join();
      await().until(() -> rotating.status().state() == State.LIVE);
      int published = 0;
      while (logins.get() < 4) {
        Entitlements snapshot = backend.publish("plan-" + ++published);
        await().until(() -> rotating.current().equals(java.util.Optional.of(snapshot)));
      }
      int last = published;
      await().until(() -> told.last().added().contains("plan-" + last));
      assertThat(told.statuses().stream().filter(s -> s.state() == State.STALE)).isEmpty();
      told.assertEachChangeFollowsTheOneBefore();
    }
  }

  @Test
  @Tag("P1")
  void aCacheThatLostTheItemIsFilledAnewByALogin() {
    Recorder told = new Recorder();
    AtomicInteger logins = new AtomicInteger();
    try (EntitlementWatcher patient =
        EntitlementWatcher.builder(
                () -> {
                  if (logins.incrementAndGet() > 1) {
                    backend.store("free");
                  }
                  return backend.fetch();
                })
            .build()) {
      patient.addListener(told, Runnable::run);
      assertThat(patient.start().join().entitlements()).containsOnlyKeys("free");
      await().until(() -> patient.status().state() == State.LIVE);
      assertThat(told.sawReason(Reason.ITEM_MISSING)).isTrue();
      assertThat(logins.get()).isEqualTo(2);
    }
  }

  @Test
  @Tag("P9")
  void closeLeavesNoThreadAndNoConnectionBehind() {
    NetworkRelay network = momento.relay();
    backend.playersBy(network);
    startLive(backend.store("free"));
    assertThat(threads()).contains("entitlements-watcher-1");
    assertThat(network.connections()).isEqualTo(1);

    watcher.close();

    assertThat(watcher.status().state()).isEqualTo(State.STOPPED);
    assertThat(watcher.status().reason()).contains(Reason.CLOSED);
    await().until(() -> threads().stream().noneMatch(name -> name.startsWith("entitlements-")));
    await().until(() -> recorder.sawState(State.STOPPED));
    await().until(() -> network.connections() == 0);
    network.close();
  }

  @Test
  @Tag("P9")
  void closeInsideAListenerEndsToo() {
    watcher.addListener(change -> watcher.close());
    backend.store("free");

    watcher.start();

    await().until(() -> watcher.status().state() == State.STOPPED);
    await().until(() -> threads().stream().noneMatch(name -> name.startsWith("entitlements-")));
  }

  @Test
  @Tag("P9")
  void closeBeforeStartFailsTheFirstSnapshot() {
    watcher.close();

    assertThatThrownBy(() -> watcher.start().get(1, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            EntitlementsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLOSED));
  }

  @Test
  @Tag("P9")
  void manyWatchersShareTheThreadsOfOneRuntime() {
    backend.store("free");
    try (WatcherRuntime runtime = WatcherRuntime.create()) {
      EntitlementWatcher[] watchers = new EntitlementWatcher[150];
      for (int i = 0; i < watchers.length; i++) {
        watchers[i] = EntitlementWatcher.builder(backend).runtime(runtime).build();
        watchers[i].start();
      }
      await().until(() -> Arrays.stream(watchers).allMatch(w -> w.status().state() == State.LIVE));
      // One for transitions, four for callbacks; and those of the watcher that every test here has.
      assertThat(threads().stream().filter(name -> name.startsWith("entitlements-callback")))
          .hasSizeLessThanOrEqualTo(4 + 1);
      assertThat(threads().stream().filter(name -> name.startsWith("entitlements-watcher")))
          .hasSize(1 + 1);
      backend.publish("premium");
      await().until(() -> Arrays.stream(watchers).allMatch(w -> w.isEntitled("premium")));
      Arrays.stream(watchers).forEach(EntitlementWatcher::close);
    }
  }

  @Test
  @Tag("P8")
  void plaintextToAnotherMachineIsRefusedUnlessAllowed() {
    try (EntitlementWatcher careless =
        EntitlementWatcher.builder(
                () ->
                    backend
                        .fetch()
                        .thenApply(
                            s ->
                                dev.entitlements.SessionToken.builder(s.userId())
                                    .token(s.token())
                                    .endpoint(java.net.URI.create("http://192.0.2.1:80"))
                                    .cacheName(s.cacheName())
                                    .expiresAt(s.expiresAt())
                                    .serverTime(s.serverTime())
                                    .build()))
            .build()) {
      careless.start();
      await().until(() -> careless.status().state() == State.STALE);
      assertThat(careless.status().lastError().get()).hasMessageContaining("not encrypted");
    }
  }

  @Test
  @Tag("P8")
  void nothingItSaysHoldsTheToken() {
    startLive(backend.store("free"));
    String secret = backend.fetch().toCompletableFuture().join().token();
    assertThat(watcher.toString() + watcher.status() + recorder.last()).doesNotContain(secret);
  }

  private void startLive(Entitlements stored) {
    startLive();
    assertThat(watcher.current()).contains(stored);
  }

  private void startLive() {
    watcher.start().join();
    awaitLive();
  }

  private void awaitLive() {
    await().until(() -> watcher.status().state() == State.LIVE);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }
}
