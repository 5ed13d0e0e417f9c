package dev.entitlements.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.entitlements.SessionToken;
import dev.entitlements.client.WatcherStatus.Reason;
import dev.entitlements.client.WatcherStatus.State;
import dev.entitlements.client.chaos.Census;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a host's login call may do, on the threads where it may do it. No service is needed. */
class SessionSourceTest {
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void nothingStays() {
    await().until(() -> Census.ours().equals(Map.of()));
  }

  static Stream<SessionSource> signedOut() {
    return Stream.of(
        () -> {
          throw SessionSource.signedOut();
        },
        () -> {
          throw new CompletionException(SessionSource.signedOut());
        },
        () -> {
          throw new IllegalStateException(
              "login failed", new ExecutionException(SessionSource.signedOut()));
        },
        () -> CompletableFuture.failedFuture(SessionSource.signedOut()),
        () ->
            CompletableFuture.<SessionToken>failedFuture(SessionSource.signedOut())
                .thenApply(session -> session),
        () ->
            CompletableFuture.<SessionToken>failedFuture(
                new ExecutionException(new CompletionException(SessionSource.signedOut()))));
  }

  @ParameterizedTest
  @MethodSource("signedOut")
  @Tag("P4")
  void saysSignedOutHoweverItIsWrapped(SessionSource source) {
    try (EntitlementWatcher watcher = started(source)) {
      await().until(() -> watcher.status().state() == State.STOPPED);
      assertThat(watcher.status().reason()).contains(Reason.SIGNED_OUT);
    }
  }

  @Test
  @Tag("P4")
  void mayFailWithCausesThatGoRoundInACircle() {
    Exception one = new Exception("one");
    Exception other = new Exception("other", one);
    one.initCause(other);
    try (EntitlementWatcher watcher =
        started(
            () -> {
              throw one;
            })) {
      await().until(() -> watcher.status().state() == State.STALE);
      assertThat(watcher.status().reason()).contains(Reason.SESSION_UNAVAILABLE);
    }
  }

  @Test
  @Tag("P9")
  void thatBlocksIsInterruptedByClose() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    EntitlementWatcher watcher = started(() -> block(inside, interrupted));
    assertThat(inside.await(5, TimeUnit.SECONDS)).isTrue();

    watcher.close();

    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Tag("P9")
  void thatBlocksIsInterruptedByCloseOnASharedRuntimeToo() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (WatcherRuntime runtime = WatcherRuntime.create()) {
      EntitlementWatcher watcher =
          EntitlementWatcher.builder(() -> block(inside, interrupted)).runtime(runtime).build();
      watcher.start();
      assertThat(inside.await(5, TimeUnit.SECONDS)).isTrue();

      watcher.close();

      assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  @Tag("P1")
  void thatTakesTooLongIsInterruptedAndCalledAgain() throws InterruptedException {
    CountDownLatch twiceInside = new CountDownLatch(2);
    CountDownLatch twiceInterrupted = new CountDownLatch(2);
    try (EntitlementWatcher watcher =
        EntitlementWatcher.builder(() -> block(twiceInside, twiceInterrupted))
            .sessionTimeout(Duration.ofMillis(50))
            .build()) {
      watcher.start();
      assertThat(twiceInside.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(twiceInterrupted.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(watcher.status().reason()).contains(Reason.SESSION_UNAVAILABLE);
    }
  }

  /** Four threads for 32 logins of 100 ms each: the last wait for longer than one may take. */
  @Test
  @Tag("P1")
  void thatBlocksKeepsNoOtherFromItsTurn() {
    AtomicInteger calls = new AtomicInteger();
    SessionSource slow =
        () -> {
          calls.incrementAndGet();
          if (never.await(100, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("nobody counts it down");
          }
          throw SessionSource.signedOut();
        };
    try (WatcherRuntime runtime = WatcherRuntime.create()) {
      EntitlementWatcher[] watchers =
          IntStream.range(0, 32)
              .mapToObj(
                  i ->
                      EntitlementWatcher.builder(slow)
                          .runtime(runtime)
                          .sessionTimeout(Duration.ofMillis(600))
                          .build())
              .toArray(EntitlementWatcher[]::new);
      Stream.of(watchers).forEach(EntitlementWatcher::start);
      await().until(() -> Stream.of(watchers).allMatch(w -> w.status().state() == State.STOPPED));
      assertThat(calls).hasValue(32);
    }
  }

  private CompletionStage<SessionToken> block(CountDownLatch inside, CountDownLatch interrupted)
      throws InterruptedException {
    inside.countDown();
    try {
      never.await();
      throw new AssertionError("nobody counts it down");
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }

  private static EntitlementWatcher started(SessionSource source) {
    EntitlementWatcher watcher = EntitlementWatcher.builder(source).build();
    watcher.start();
    return watcher;
  }
}
