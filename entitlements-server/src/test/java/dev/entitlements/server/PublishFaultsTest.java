package dev.entitlements.server;

import static dev.entitlements.server.FakeMomento.Behaviour.after;
import static dev.entitlements.server.FakeMomento.Behaviour.answerLost;
import static dev.entitlements.server.FakeMomento.Behaviour.hangs;
import static dev.entitlements.server.FakeMomento.Behaviour.refused;
import static dev.entitlements.server.Outcomes.failureNow;
import static dev.entitlements.server.Outcomes.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.server.FakeMomento.Behaviour;
import dev.entitlements.server.FakeMomento.Op;
import dev.entitlements.server.PublishReceipt.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("P6")
class PublishFaultsTest extends PublisherTestBase {
  @ParameterizedTest
  @EnumSource(names = {"GET", "REPLACE", "PUBLISH"})
  void transientErrorIsRepeatedWhereverItComes(Op op) {
    momento.script(op, refused(ErrorKind.UNAVAILABLE), refused(ErrorKind.INTERNAL));

    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    assertThat(receipt).isNotDone();
    retriesPass();

    assertThat(now(receipt).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(now(receipt).attempts()).isEqualTo(3);
    assertThat(momento.messages).containsExactly(momento.stored(USER));
  }

  @ParameterizedTest
  @EnumSource(names = {"GET", "REPLACE", "PUBLISH"})
  void terminalErrorEndsTheCallAtOnceWithKindAndUser(Op op) {
    momento.script(op, refused(ErrorKind.PERMISSION_DENIED));

    EntitlementsException failure = failureNow(publisher.refresh(USER));

    assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
    assertThat(failure.userId()).contains(USER);
    assertThat(failure).hasMessageContaining(USER).hasMessageContaining("scripted");
    assertThat(momento.calls(op)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"GET", "REPLACE", "PUBLISH"})
  void whoAsksToBeLeftAloneIsLeftAloneForASecond(Op op) {
    momento.script(op, refused(ErrorKind.RATE_LIMITED));

    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    time.advance(Duration.ofMillis(999));
    assertThat(momento.calls(op)).isEqualTo(1);
    time.advance(Duration.ofMillis(1001));

    assertThat(now(receipt).outcome()).isEqualTo(Outcome.PUBLISHED);
  }

  @Test
  void errorThatLastsIsReportedWithItsKindBeforeTheDeadlineIsOver() {
    momento.script(Op.GET, forEver(refused(ErrorKind.UNAVAILABLE)));

    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    time.advance(DEADLINE);

    EntitlementsException failure = failureNow(receipt);
    assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(failure.getCause()).isInstanceOf(EntitlementsException.class);
    assertThat(momento.calls(Op.GET)).isBetween(8, 60);
    assertThat(momento.calls(Op.REPLACE)).isZero();
  }

  @Test
  void callThatIsNeverAnsweredTimesOutAtTheDeadline() {
    momento.script(Op.GET, hangs());

    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    time.advance(DEADLINE.minusNanos(1));
    assertThat(receipt).isNotDone();
    time.advance(Duration.ofNanos(1));

    assertThat(failureNow(receipt).kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(failureNow(receipt)).hasMessageContaining("while reading what is stored");
  }

  @Test
  void storedButNotToldIsRepeatedAsTellingOnly() {
    momento.script(Op.PUBLISH, refused(ErrorKind.UNAVAILABLE), answerLost(ErrorKind.TIMEOUT));

    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    retriesPass();

    assertThat(now(receipt).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(loads).isEqualTo(1);
    assertThat(momento.calls(Op.REPLACE)).isEqualTo(1);
    assertThat(momento.calls(Op.PUBLISH)).isEqualTo(3);
    assertThat(momento.messages).hasSize(2).containsOnly(momento.stored(USER));
  }

  @Test
  void storedButNotToldUntilTheDeadlineSaysExactlyThat() {
    momento.script(Op.PUBLISH, forEver(refused(ErrorKind.UNAVAILABLE)));

    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    time.advance(DEADLINE);

    EntitlementsException failure = failureNow(receipt);
    assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_NOTIFIED);
    assertThat(failure)
        .hasMessageContaining("revision " + momento.storedSnapshot(USER).revision() + " is stored")
        .hasMessageContaining("notification was not accepted");
  }

  @Test
  void tellingThatHangsSaysTheSame() {
    momento.script(Op.PUBLISH, hangs());

    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    time.advance(DEADLINE);

    assertThat(failureNow(receipt).kind()).isEqualTo(ErrorKind.NOT_NOTIFIED);
  }

  @Test
  void publishAgainAfterNotNotifiedTellsThoughTheContentIsUnchanged() {
    momento.script(Op.PUBLISH, hangs());
    publisher.refresh(USER);
    time.advance(DEADLINE);
    assertThat(momento.messages).isEmpty();

    PublishReceipt again = now(publisher.refresh(USER));

    assertThat(again.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(again.snapshot()).isEqualTo(momento.storedSnapshot(USER));
    assertThat(momento.messages).containsExactly(again.snapshot().toJson());
    assertThat(now(publisher.refresh(USER)).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void publishAgainAfterNotNotifiedTellsNothingThatHasBeenOvertakenUnseen() {
    momento.script(Op.PUBLISH, hangs());
    publisher.publish(content("a"));
    time.advance(DEADLINE);
    momento.lagBehind(USER);
    now(otherProcess().publish(content("b")));

    PublishReceipt again = now(publisher.publish(content("a")));

    assertThat(again.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(again.snapshot()).isEqualTo(momento.storedSnapshot(USER));
    assertThat(momento.storedSnapshot(USER).content()).isEqualTo(content("a"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"TIMEOUT", "UNAVAILABLE", "INTERNAL"})
  void storeWithALostAnswerIsFoundAndTold(ErrorKind kind) {
    momento.script(Op.REPLACE, answerLost(kind));

    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    retriesPass();

    assertThat(now(receipt).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(now(receipt).snapshot()).isEqualTo(momento.storedSnapshot(USER));
    assertThat(momento.messages).containsExactly(now(receipt).snapshot().toJson());
    assertThat(momento.reads).containsExactly(Consistency.EVENTUAL, Consistency.CONSISTENT);
  }

  @Test
  void storeWithALostAnswerAtTheDeadlineIsToldByTheNextCall() {
    CompletableFuture<Void> never = new CompletableFuture<>();
    momento.script(Op.REPLACE, answerLostAndHanging(never));
    CompletableFuture<PublishReceipt> first = publisher.refresh(USER);
    time.advance(DEADLINE);
    assertThat(failureNow(first).kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(failureNow(first)).hasMessageContaining("may or may not be stored");

    assertThat(now(publisher.refresh(USER)).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(momento.messages).containsExactly(momento.storedSnapshot(USER).toJson());
  }

  @Test
  @Tag("P7")
  void storeWithALostAnswerThatSomebodyHasOverwrittenIsNotTakenForOurs() {
    momento.script(Op.REPLACE, answerLost(ErrorKind.TIMEOUT));
    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    long lost = momento.storedSnapshot(USER).revision();
    state = content("basic", "bought");
    long theirs = now(otherProcess().refresh(USER)).revision();
    retriesPass();

    assertThat(theirs).isGreaterThan(lost);
    assertThat(now(receipt).snapshot().content()).isEqualTo(state);
    assertThat(now(receipt).revision()).isEqualTo(theirs);
    assertThat(now(receipt).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void ownRevisionWithALostAnswerIsFoundAndTold() {
    momento.script(Op.REPLACE, answerLost(ErrorKind.TIMEOUT));

    CompletableFuture<PublishReceipt> receipt = publisher.publish(content("a"), 17);
    retriesPass();

    assertThat(now(receipt).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(momento.messages).hasSize(1);
  }

  @Test
  @Tag("P7")
  void lostRaceReadsConsistentlyAndComputesAgain() {
    momento.script(
        Op.REPLACE,
        after(
            () -> {
              state = content("basic", "bought");
              now(otherProcess().refresh(USER));
              state = content("basic", "bought", "bought too");
            }));

    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    retriesPass();

    assertThat(now(receipt).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(momento.storedSnapshot(USER).content()).isEqualTo(state);
    assertThat(loads).isEqualTo(3);
    assertThat(momento.messages).hasSize(2);
    assertThat(momento.reads)
        .containsExactly(Consistency.EVENTUAL, Consistency.EVENTUAL, Consistency.CONSISTENT);
  }

  @Test
  @Tag("P7")
  void contentIsLoadedAfterTheReadSoThatWhatWasComputedEarlierCannotWin() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    momento.script(Op.GET, Behaviour.held(gate));
    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    assertThat(loads).isZero();
    state = content("changed");
    gate.complete(null);

    assertThat(now(receipt).snapshot().content()).isEqualTo(content("changed"));
  }

  @Test
  @Tag("P7")
  void staleReadIsFoundOutByTheCompareAndSet() {
    now(publisher.publish(content("a")));
    momento.lagBehind(USER);
    now(publisher.publish(content("b")));
    long revision = momento.storedSnapshot(USER).revision();

    CompletableFuture<PublishReceipt> unchangedAsItSeems = publisher.publish(content("a"));
    retriesPass();

    assertThat(now(unchangedAsItSeems).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(now(unchangedAsItSeems).revision()).isGreaterThan(revision);
    assertThat(momento.storedSnapshot(USER).content()).isEqualTo(content("a"));
  }

  @Test
  void raceThatIsAlwaysLostEndsAsConflict() {
    int[] n = {0};
    Behaviour othersWin =
        after(() -> momento.store(USER, "{\"not\":\"what was read, " + n[0]++ + "\"}"));
    momento.script(Op.REPLACE, forEver(othersWin));

    CompletableFuture<PublishReceipt> receipt = publisher.refresh(USER);
    time.advance(DEADLINE);

    assertThat(failureNow(receipt).kind()).isEqualTo(ErrorKind.CONFLICT);
  }

  private EntitlementPublisher otherProcess() {
    return EntitlementPublisher.builder(momento.backend(), this::load).time(time).build();
  }

  private static Behaviour[] forEver(Behaviour behaviour) {
    return Collections.nCopies(1000, behaviour).toArray(new Behaviour[0]);
  }

  private static Behaviour answerLostAndHanging(CompletableFuture<Void> never) {
    return new Behaviour() {
      @Override
      public <T> CompletableFuture<T> answer(java.util.function.Supplier<T> effect) {
        T value = effect.get();
        return never.thenApply(v -> value);
      }
    };
  }
}
