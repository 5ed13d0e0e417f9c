package dev.entitlements.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.entitlements.Entitlements;
import dev.entitlements.SessionToken;
import dev.entitlements.client.WatcherStatus.State;
import dev.entitlements.local.LocalMomento;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens are replaced again and again while publishing goes on all the time. */
@Tag("P1")
@Tag("P2")
@Tag("P3")
@Tag("P4")
class RotationTest {
  /** How long a push may take, on a machine that has other things to do. */
  private static final Duration NEWS = Duration.ofSeconds(10);

  private final LocalMomento momento = LocalMomento.start();
  private final Backend backend = new Backend(momento, "u-42");
  private final AtomicInteger logins = new AtomicInteger();
  private final Recorder recorder = new Recorder();

  @AfterEach
  void close() {
    backend.close();
    momento.close();
  }

  @Test
  void everyFourFifthsOfASecondLosesAndRepeatsNothing() {
    assertNothingIsLostOrRepeated(Duration.ofSeconds(1), Duration.ofSeconds(10));
  }

  @Test
  @Tag("soak")
  void everyTwoSecondsForAMinuteLosesAndRepeatsNothing() {
    assertNothingIsLostOrRepeated(Duration.ofMillis(2500), Duration.ofMinutes(1));
  }

  private void assertNothingIsLostOrRepeated(Duration tokenLife, Duration length) {
    backend.announcedLife(tokenLife).store("plan-0");
    try (EntitlementWatcher watcher = EntitlementWatcher.builder(this::login).build()) {
      // In the engine's own thread, so that nothing is skipped.
      watcher.addListener(recorder, Runnable::run);
      watcher.start();
      await().until(() -> watcher.status().state() == State.LIVE);

      List<Entitlements> published = new ArrayList<>();
      long end = System.nanoTime() + length.toNanos();
      while (System.nanoTime() < end) {
        Entitlements snapshot = backend.publish("plan-" + published.size());
        published.add(snapshot);
        if (published.size() % 50 == 0) {
          // The others follow each other as fast as they can.
          await().atMost(NEWS).until(() -> watcher.current().equals(Optional.of(snapshot)));
        }
      }

      Entitlements last = published.get(published.size() - 1);
      await().atMost(NEWS).until(() -> recorder.last().current().equals(last));
      assertThat(logins.get() - 1)
          .as("rotations")
          .isGreaterThanOrEqualTo((int) (0.8 * length.toMillis() / (0.8 * tokenLife.toMillis())));
      assertThat(revisions())
          .as("told twice, or in another order")
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(published)
          .as("everything that was told was published as it was told")
          .containsAll(recorder.changes().stream().skip(1).map(c -> c.current()).toList());
      assertThat(recorder.statuses().stream().map(WatcherStatus::state))
          .as("stale meanwhile: %s", recorder.statuses())
          .containsOnly(State.STARTING, State.LIVE);
      recorder.assertEachChangeFollowsTheOneBefore();
      System.out.printf(
          "rotations %d, published %d, told %d (the others were superseded), stale never%n",
          logins.get() - 1, published.size(), recorder.changes().size() - 1);
    }
  }

  private List<Long> revisions() {
    return recorder.changes().stream().map(change -> change.current().revision()).toList();
  }

  private CompletionStage<SessionToken> login() {
    logins.incrementAndGet();
    return backend.fetch();
  }
}
