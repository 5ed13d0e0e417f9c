package dev.entitlements.server;

import static dev.entitlements.server.FakeMomento.Behaviour.refused;
import static dev.entitlements.server.Outcomes.failureNow;
import static dev.entitlements.server.Outcomes.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.ErrorKind;
import dev.entitlements.server.FakeMomento.Behaviour;
import dev.entitlements.server.FakeMomento.Op;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P6")
class RefreshAllTest extends PublisherTestBase {
  private static final Duration SLOW = Duration.ofMillis(10);

  private final News news = new News();
  private final Set<String> failing = new HashSet<>();
  private int underWay;
  private int mostUnderWay;
  private long pulled;
  private long mostAhead;
  private boolean isClosed;
  private final EntitlementPublisher slow = slowPublisher();

  private EntitlementPublisher slowPublisher() {
    return EntitlementPublisher.builder(momento.backend(), this::loadSlowly).time(time).build();
  }

  @Test
  void everyUserIsRefreshedAndTheReportCountsThem() {
    now(slowly(slow.refresh("u3")));

    CompletableFuture<BulkReport> future = slow.refreshAll(users(5), BulkOptions.defaults(), news);
    assertThat(future).isNotDone();
    time.advance(SLOW);

    BulkReport report = now(future);
    assertThat(report.progress().published()).isEqualTo(4);
    assertThat(report.progress().unchanged()).isEqualTo(1);
    assertThat(report.progress().failed()).isZero();
    assertThat(report.progress().done()).isEqualTo(5);
    assertThat(report.progress().resumeAt()).isEqualTo(5);
    assertThat(report.progress().total()).hasValue(5);
    assertThat(report.progress().elapsed()).isEqualTo(SLOW);
    assertThat(report.progress().usersPerSecond()).isEqualTo(500);
    assertThat(report.stoppedBy()).isEmpty();
    assertThat(momento.messages).hasSize(5);
    assertThat(news.ends).containsExactly(report);
    assertThat(isClosed).isTrue();
  }

  @Test
  void emptyStreamIsDoneAtOnce() {
    BulkReport report = now(slow.refreshAll(users(0), BulkOptions.defaults(), news));

    assertThat(report.progress().done()).isZero();
    assertThat(isClosed).isTrue();
  }

  @Test
  @Tag("P9")
  void streamIsPulledOnlyAsUsersAreDone() {
    int count = 150_000;
    Stream<String> ids = LongStream.range(0, count).mapToObj(i -> "user-" + i).filter(id -> true);
    EntitlementPublisher counting =
        EntitlementPublisher.builder(countingBackend(), this::loadSlowly).time(time).build();

    CompletableFuture<BulkReport> future =
        counting.refreshAll(observed(ids), BulkOptions.builder().concurrency(200).build(), news);
    while (!future.isDone()) {
      time.advance(SLOW);
    }

    assertThat(now(future).progress().published()).isEqualTo(count);
    assertThat(now(future).progress().total()).isEmpty();
    assertThat(now(future).progress().remaining()).isEmpty();
    assertThat(pulled).isEqualTo(count);
    assertThat(mostUnderWay).isEqualTo(200);
    assertThat(mostAhead).isLessThanOrEqualTo(200);
  }

  @Test
  void noSecondHoldsMoreUsersThanTheRateAllows() {
    List<Long> starts = new ArrayList<>();
    EntitlementPublisher timed =
        EntitlementPublisher.builder(
                momento.backend(),
                userId -> {
                  starts.add(time.nanoTime());
                  return loadSlowly(userId);
                })
            .time(time)
            .build();

    CompletableFuture<BulkReport> future =
        timed.refreshAll(users(95), BulkOptions.builder().usersPerSecond(10).build(), news);
    time.advance(Duration.ofSeconds(9));
    assertThat(future).isNotDone();
    time.advance(SLOW);

    assertThat(now(future).progress().done()).isEqualTo(95);
    for (int i = 10; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - 10)).isGreaterThanOrEqualTo(1_000_000_000L);
    }
  }

  @Test
  void progressIsToldAtTheIntervalWithRateAndRemainingTime() {
    CompletableFuture<BulkReport> future =
        slow.refreshAll(
            users(100),
            BulkOptions.builder()
                .usersPerSecond(10)
                .progressInterval(Duration.ofSeconds(2))
                .build(),
            news);
    time.advance(Duration.ofSeconds(5));

    assertThat(news.progress).hasSize(2);
    BulkProgress second = news.progress.get(1);
    assertThat(second.elapsed()).isEqualTo(Duration.ofSeconds(4));
    assertThat(second.done()).isEqualTo(40);
    assertThat(second.usersPerSecond()).isEqualTo(10);
    assertThat(second.remaining()).contains(Duration.ofSeconds(6));
    assertThat(second)
        .hasToString(
            "BulkProgress{40 of 100 done: 40 published, 0 unchanged, 0 failed; 10.0 users/s, 6 s to go}");
    time.advance(Duration.ofSeconds(30));
    assertThat(future).isCompleted();
    assertThat(news.progress).hasSize(4);
  }

  @Test
  void whoCannotBeRefreshedIsToldAndTheOthersAre() {
    failing.add("u2");

    CompletableFuture<BulkReport> future =
        slow.refreshAll(
            observed(Stream.of("u1", "u2", " ", null, "u3", "u".repeat(300))),
            BulkOptions.defaults(),
            news);
    time.advance(SLOW);

    BulkReport report = now(future);
    assertThat(report.progress().published()).isEqualTo(2);
    assertThat(report.progress().failed()).isEqualTo(4);
    assertThat(report.progress().resumeAt()).isEqualTo(6);
    assertThat(report.failures()).containsExactlyInAnyOrderElementsOf(news.failures);
    assertThat(news.failures)
        .extracting(BulkFailure::index, BulkFailure::userId, f -> f.error().kind())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(1L, "u2", ErrorKind.SOURCE_FAILED),
            org.assertj.core.groups.Tuple.tuple(2L, " ", ErrorKind.INVALID_REQUEST),
            org.assertj.core.groups.Tuple.tuple(3L, null, ErrorKind.INVALID_REQUEST),
            org.assertj.core.groups.Tuple.tuple(5L, "u".repeat(300), ErrorKind.INVALID_REQUEST));
  }

  @Test
  @Tag("P9")
  void reportListsTheFirstFailuresAndTheListenerHearsOfAll() {
    CompletableFuture<BulkReport> future =
        slow.refreshAll(Stream.generate(() -> " ").limit(5000), BulkOptions.defaults(), news);

    assertThat(now(future).progress().failed()).isEqualTo(5000);
    assertThat(now(future).failures()).hasSize(BulkReport.MAX_FAILURES);
    assertThat(news.failures).hasSize(5000);
  }

  @Test
  void duplicatesDoNoHarm() {
    CompletableFuture<BulkReport> future =
        slow.refreshAll(Stream.generate(() -> "u1").limit(50), BulkOptions.defaults(), news);
    time.advance(Duration.ofSeconds(1));

    assertThat(now(future).progress().done()).isEqualTo(50);
    assertThat(momento.messages).hasSize(1);
  }

  @Test
  void whereTheQuotaIsUsedUpTheRunSlowsDownAndNobodyFails() {
    momento.script(
        Op.GET, Collections.nCopies(30, refused(ErrorKind.RATE_LIMITED)).toArray(new Behaviour[0]));

    CompletableFuture<BulkReport> future =
        slow.refreshAll(users(200), BulkOptions.builder().concurrency(40).build(), news);
    time.advance(Duration.ofMillis(900));
    assertThat(pulled).isLessThanOrEqualTo(2);
    time.advance(Duration.ofMinutes(10));

    assertThat(now(future).progress().published()).isEqualTo(200);
    assertThat(now(future).progress().failed()).isZero();
  }

  @Test
  void whoIsRefusedUntilTheDeadlineIsTriedAgainLater() {
    momento.script(
        Op.GET, Collections.nCopies(60, refused(ErrorKind.RATE_LIMITED)).toArray(new Behaviour[0]));

    CompletableFuture<BulkReport> future = slow.refreshAll(users(1), BulkOptions.defaults(), news);
    time.advance(Duration.ofSeconds(60));
    assertThat(future).isNotDone();
    assertThat(news.progress).last().satisfies(p -> assertThat(p.resumeAt()).isZero());
    time.advance(Duration.ofMinutes(10));

    assertThat(now(future).progress().published()).isEqualTo(1);
    assertThat(news.failures).isEmpty();
  }

  @Test
  void cancelStopsPullingAndWhatIsUnderWayEnds() {
    CompletableFuture<BulkReport> future =
        slow.refreshAll(users(1000), BulkOptions.builder().concurrency(10).build(), news);
    time.advance(SLOW.multipliedBy(3));
    future.cancel(false);
    assertThat(news.ends).isEmpty();
    time.advance(SLOW);

    assertThat(pulled).isEqualTo(40);
    assertThat(isClosed).isTrue();
    assertThat(news.ends).hasSize(1);
    assertThat(news.ends.get(0).progress().done()).isEqualTo(40);
    assertThat(news.ends.get(0).progress().resumeAt()).isEqualTo(40);
    assertThat(news.ends.get(0).stoppedBy()).isPresent();
  }

  @Test
  void cancelDuringAPauseEndsAtOnce() {
    CompletableFuture<BulkReport> future =
        slow.refreshAll(users(1000), BulkOptions.builder().usersPerSecond(1).build(), news);
    time.advance(SLOW);
    future.cancel(false);

    assertThat(news.ends).hasSize(1);
    assertThat(isClosed).isTrue();
  }

  @Test
  void closeStopsTheRunAndSaysWhereToGoOn() {
    CompletableFuture<BulkReport> future =
        slow.refreshAll(users(1000), BulkOptions.builder().usersPerSecond(10).build(), news);
    time.advance(SLOW.multipliedBy(3));

    slow.close();

    assertThat(failureNow(future).kind()).isEqualTo(ErrorKind.CLOSED);
    assertThat(failureNow(future)).hasMessageContaining("the first 10 ids are done");
    assertThat(news.ends.get(0).progress().resumeAt()).isEqualTo(10);
    assertThat(isClosed).isTrue();
  }

  @Test
  void closedPublisherTakesNoMoreAndClosesTheStream() {
    slow.close();

    assertThat(failureNow(slow.refreshAll(users(3), BulkOptions.defaults(), news)).kind())
        .isEqualTo(ErrorKind.CLOSED);
    assertThat(isClosed).isTrue();
    assertThat(pulled).isZero();
  }

  @Test
  void streamThatThrowsEndsTheRunOnceWhatWasBegunIsDone() {
    IOException cursorLost = new IOException("cursor lost");
    Stream<String> breaking =
        IntStream.range(0, 100)
            .mapToObj(
                i -> {
                  if (i == 25) {
                    throw new java.io.UncheckedIOException(cursorLost);
                  }
                  return "u" + i;
                });

    CompletableFuture<BulkReport> future =
        slow.refreshAll(observed(breaking), BulkOptions.builder().concurrency(10).build(), news);
    time.advance(Duration.ofSeconds(1));

    assertThat(failureNow(future).kind()).isEqualTo(ErrorKind.SOURCE_FAILED);
    assertThat(failureNow(future)).hasRootCause(cursorLost);
    assertThat(news.ends.get(0).progress().published()).isEqualTo(25);
    assertThat(news.ends.get(0).progress().resumeAt()).isEqualTo(25);
    assertThat(isClosed).isTrue();
  }

  @Test
  void runThatGoesOnWhereAnotherStoppedLeavesNobodyOut() {
    CompletableFuture<BulkReport> first =
        slow.refreshAll(users(500), BulkOptions.builder().concurrency(7).build(), news);
    time.advance(SLOW.multipliedBy(20));
    first.cancel(false);
    time.advance(SLOW);
    long resumeAt = news.ends.get(0).progress().resumeAt();
    assertThat(resumeAt).isBetween(100L, 200L);

    CompletableFuture<BulkReport> second =
        slow.refreshAll(users(500).skip(resumeAt), BulkOptions.defaults(), news);
    time.advance(Duration.ofSeconds(2));

    assertThat(now(second).progress().done()).isEqualTo(500 - resumeAt);
    for (int i = 0; i < 500; i++) {
      assertThat(momento.storedSnapshot("u" + i).userId()).isEqualTo("u" + i);
    }
  }

  @Test
  void resumePointWaitsForTheSlowestOfTheFirst() {
    CompletableFuture<Entitlements.Content> stuck = new CompletableFuture<>();
    EntitlementPublisher uneven =
        EntitlementPublisher.builder(
                momento.backend(), user -> user.equals("u3") ? stuck : loadSlowly(user))
            .time(time)
            .build();
    CompletableFuture<BulkReport> future =
        uneven.refreshAll(users(300), BulkOptions.builder().concurrency(5).build(), news);
    time.advance(Duration.ofSeconds(2));

    assertThat(news.progress)
        .last()
        .satisfies(
            p -> {
              assertThat(p.done()).isEqualTo(299);
              assertThat(p.resumeAt()).isEqualTo(3);
            });
    stuck.complete(contentOf("u3"));
    assertThat(now(future).progress().resumeAt()).isEqualTo(300);
  }

  @Test
  @Tag("P10")
  void listenerThatThrowsDoesNotStopTheRun() {
    BulkListener throwing =
        new BulkListener() {
          @Override
          public void onFailure(BulkFailure failure) {
            throw new IllegalStateException("listener");
          }
        };

    CompletableFuture<BulkReport> future =
        slow.refreshAll(Stream.of(" ", "u1"), BulkOptions.defaults(), throwing);
    time.advance(SLOW);

    assertThat(now(future).progress().done()).isEqualTo(2);
  }

  @Test
  void optionsAreChecked() {
    BulkOptions.Builder options = BulkOptions.builder();
    assertThatThrownBy(() -> options.concurrency(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.usersPerSecond(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.total(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.progressInterval(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private <T> CompletableFuture<T> slowly(CompletableFuture<T> future) {
    time.advance(SLOW);
    return future;
  }

  private Stream<String> users(int count) {
    return observed(IntStream.range(0, count).mapToObj(i -> "u" + i));
  }

  private Stream<String> observed(Stream<String> ids) {
    return ids.peek(
            id -> {
              pulled++;
              mostAhead = Math.max(mostAhead, pulled - done());
            })
        .onClose(() -> isClosed = true);
  }

  private long finished;

  private long done() {
    return finished;
  }

  private CompletionStage<Entitlements.Content> loadSlowly(String userId) {
    underWay++;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    CompletableFuture<Entitlements.Content> content = new CompletableFuture<>();
    time.schedule(
        SLOW,
        () -> {
          underWay--;
          finished++;
          if (failing.contains(userId)) {
            content.completeExceptionally(new IOException("no such row"));
          } else {
            content.complete(contentOf(userId));
          }
        });
    return content;
  }

  private static Entitlements.Content contentOf(String userId) {
    return Entitlements.Content.of(userId, Entitlement.of("premium"));
  }

  /** Keeps nothing, so that the test's own memory does not grow. */
  private MomentoBackend countingBackend() {
    return new MomentoBackend(
        new MomentoBackend.Roles(
            (key, consistency) -> CompletableFuture.completedFuture(java.util.Optional.empty()),
            (key, expected, value, ttl) -> CompletableFuture.completedFuture(true),
            (topic, message) -> CompletableFuture.completedFuture(null),
            momento),
        FakeMomento.ENDPOINT,
        "entitlements",
        "",
        () -> {});
  }

  private static final class News implements BulkListener {
    final List<BulkProgress> progress = new ArrayList<>();
    final List<BulkFailure> failures = new ArrayList<>();
    final List<BulkReport> ends = new ArrayList<>();

    @Override
    public void onProgress(BulkProgress news) {
      progress.add(news);
    }

    @Override
    public void onFailure(BulkFailure failure) {
      failures.add(failure);
    }

    @Override
    public void onEnd(BulkReport report) {
      ends.add(report);
    }
  }
}
