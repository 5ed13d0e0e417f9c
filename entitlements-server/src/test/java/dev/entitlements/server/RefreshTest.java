package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failureNow;
import static dev.entitlements.server.Outcomes.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.server.FakeMomento.Op;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P6")
class RefreshTest extends PublisherTestBase {
  private final Deque<CompletableFuture<Entitlements.Content>> computations = new ArrayDeque<>();

  @Test
  @Tag("P7")
  void overlappingRefreshesOfOneUserAreMergedIntoOneRunningAndOneWaiting() {
    EntitlementPublisher slow = publisher(this::loadSlowly);
    CompletableFuture<PublishReceipt> first = slow.refresh(USER);
    CompletableFuture<PublishReceipt> second = slow.refresh(USER);
    CompletableFuture<PublishReceipt> third = slow.refresh(USER);
    assertThat(computations).hasSize(1);

    computations.poll().complete(content("before"));
    assertThat(now(first).snapshot().content()).isEqualTo(content("before"));
    assertThat(second).isNotDone();
    assertThat(third).isNotDone();
    assertThat(computations).hasSize(1);

    computations.poll().complete(content("after"));
    assertThat(now(second).snapshot().content()).isEqualTo(content("after"));
    assertThat(now(third)).isEqualTo(now(second));
    assertThat(computations).isEmpty();
    assertThat(loads).isEqualTo(2);
  }

  @Test
  void refreshesOfDifferentUsersDoNotWaitForEachOther() {
    EntitlementPublisher slow = publisher(this::loadSlowly);

    slow.refresh("a");
    slow.refresh("b");

    assertThat(computations).hasSize(2);
    computations.forEach(c -> c.completeExceptionally(new IOException("over")));
  }

  @Test
  @Tag("P6")
  void waitingRefreshRunsThoughTheRunningOneFails() {
    EntitlementPublisher slow = publisher(this::loadSlowly);
    CompletableFuture<PublishReceipt> first = slow.refresh(USER);
    CompletableFuture<PublishReceipt> second = slow.refresh(USER);

    computations.poll().completeExceptionally(new IOException("database is down"));
    computations.poll().complete(content("a"));

    assertThat(failureNow(first).kind()).isEqualTo(ErrorKind.SOURCE_FAILED);
    assertThat(now(second).outcome()).isEqualTo(PublishReceipt.Outcome.PUBLISHED);
  }

  @Test
  @Tag("P6")
  void waitingRefreshHasAWholeDeadlineOfItsOwn() {
    EntitlementPublisher slow = publisher(this::loadSlowly);
    CompletableFuture<PublishReceipt> first = slow.refresh(USER);
    CompletableFuture<PublishReceipt> second = slow.refresh(USER);

    time.advance(DEADLINE);
    assertThat(failureNow(first).kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(failureNow(first)).hasMessageContaining("waiting for the entitlement source");
    time.advance(DEADLINE.minusMillis(1));
    assertThat(second).isNotDone();
    time.advance(Duration.ofMillis(1));
    assertThat(failureNow(second).kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void whoCancelsDoesNotTakeTheAnswerFromOthers() {
    EntitlementPublisher slow = publisher(this::loadSlowly);
    slow.refresh(USER);
    CompletableFuture<PublishReceipt> one = slow.refresh(USER);
    CompletableFuture<PublishReceipt> other = slow.refresh(USER);

    one.cancel(true);
    computations.poll().complete(content("a"));
    computations.poll().complete(content("a"));

    assertThat(now(other).snapshot().content()).isEqualTo(content("a"));
  }

  @Test
  @Tag("P6")
  void sourceThatThrowsFailsOrAnswersNullIsReportedWithItsCauseAndAskedOnce() {
    IOException down = new IOException("database is down");

    EntitlementsException thrown =
        sourceFailure(
            userId -> {
              throw down;
            });
    EntitlementsException failed = sourceFailure(userId -> CompletableFuture.failedFuture(down));
    EntitlementsException failedInAStage =
        sourceFailure(
            userId -> CompletableFuture.<Entitlements.Content>failedFuture(down).thenApply(c -> c));
    EntitlementsException nullStage = sourceFailure(userId -> null);
    EntitlementsException nullContent =
        sourceFailure(userId -> CompletableFuture.completedFuture(null));
    EntitlementsException error =
        sourceFailure(
            userId -> {
              throw new StackOverflowError();
            });

    assertThat(thrown).hasRootCause(down);
    assertThat(failed).hasRootCause(down);
    assertThat(failedInAStage).hasRootCause(down);
    assertThat(nullStage).hasMessageContaining("null in place of a stage");
    assertThat(nullContent).hasMessageContaining("null in place of a content");
    assertThat(error).hasRootCauseInstanceOf(StackOverflowError.class);
    assertThat(momento.calls(Op.REPLACE)).isZero();
  }

  @Test
  @Tag("P5")
  void contentOfAnotherUserIsRefused() {
    EntitlementPublisher wrong =
        publisher(
            userId -> CompletableFuture.completedFuture(Entitlements.Content.of("somebody else")));

    EntitlementsException failure = failureNow(wrong.refresh(USER));

    assertThat(failure.kind()).isEqualTo(ErrorKind.FOREIGN_USER);
    assertThat(failure.userId()).contains(USER);
    assertThat(momento.calls(Op.REPLACE)).isZero();
  }

  @Test
  @Tag("P7")
  void sourceMayCountRevisionsOfItsOwnWhichMixWithPublishesThatDo() {
    state = versioned("a", 5);
    assertThat(now(publisher.refresh(USER)).revision()).isEqualTo(5);

    assertThat(now(publisher.publish(content("b"), 6)).outcome())
        .isEqualTo(PublishReceipt.Outcome.PUBLISHED);
    assertThat(now(publisher.publish(versioned("c", 7))).revision()).isEqualTo(7);

    // A login that reads a replica which lags behind.
    PublishReceipt login = now(publisher.refresh(USER));
    assertThat(login.outcome()).isEqualTo(PublishReceipt.Outcome.SUPERSEDED);
    assertThat(login.snapshot().content()).isEqualTo(content("c"));
    state = versioned("c", 7);
    assertThat(now(publisher.refresh(USER)).outcome()).isEqualTo(PublishReceipt.Outcome.UNCHANGED);
  }

  private static Entitlements.Content versioned(String id, long revision) {
    return Entitlements.Content.builder(USER)
        .entitlement(Entitlement.of(id))
        .revision(revision)
        .build();
  }

  @Test
  void userIdThatIsNotAllowedIsRefusedAtOnce() {
    assertThatThrownBy(() -> publisher.refresh(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  private EntitlementsException sourceFailure(EntitlementSource source) {
    EntitlementsException failure = failureNow(publisher(source).refresh(USER));
    assertThat(failure.kind()).isEqualTo(ErrorKind.SOURCE_FAILED);
    assertThat(failure.userId()).contains(USER);
    return failure;
  }

  private EntitlementPublisher publisher(EntitlementSource source) {
    return EntitlementPublisher.builder(momento.backend(), source).time(time).build();
  }

  private CompletionStage<Entitlements.Content> loadSlowly(String userId) {
    loads++;
    CompletableFuture<Entitlements.Content> computation = new CompletableFuture<>();
    computations.add(computation);
    return computation;
  }
}
