package dev.entitlements.server;

import static dev.entitlements.server.FakeMomento.Behaviour.answerLost;
import static dev.entitlements.server.FakeMomento.Behaviour.hangs;
import static dev.entitlements.server.Outcomes.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entitlements.Entitlements;
import dev.entitlements.ErrorKind;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.CacheWriter;
import dev.entitlements.server.FakeMomento.Op;
import dev.entitlements.server.PublishReceipt.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A publish for a user for whom this process has published before. */
@Tag("P7")
class WarmPublishTest extends PublisherTestBase {
  @Test
  void changeCostsOneConditionalWriteAndOneNotification() {
    now(publisher.refresh(USER));
    state = content("basic", "bought");

    PublishReceipt receipt = now(publisher.refresh(USER));

    assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(receipt.attempts()).isEqualTo(1);
    assertThat(momento.storedSnapshot(USER).content()).isEqualTo(state);
    assertCalls(1, 2, 2);
  }

  @Test
  void unchangedCostsOneConditionalWriteThatRenews() {
    now(publisher.refresh(USER));

    assertThat(now(publisher.refresh(USER)).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(now(publisher.refresh(USER)).outcome()).isEqualTo(Outcome.UNCHANGED);

    assertCalls(1, 3, 1);
  }

  @Test
  void changeIsSeenThoughItsHashIsThatOfWhatIsRemembered() {
    Entitlements.Content before = content("Aa");
    state = content("BB");
    assertThat(state).hasSameHashCodeAs(before);
    now(publisher.publish(before));

    PublishReceipt receipt = now(publisher.refresh(USER));

    assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(momento.storedSnapshot(USER).content()).isEqualTo(state);
    assertCalls(1, 2, 2);
  }

  @Test
  void whatAnotherProcessStoredSinceIsFoundOutAndReadConsistentlyAtOnce() {
    now(publisher.refresh(USER));
    state = content("bought there");
    long theirs = now(otherProcess().refresh(USER)).revision();
    momento.lagBehind(USER);
    state = content("bought here");

    PublishReceipt receipt = now(publisher.refresh(USER));

    assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(receipt.revision()).isGreaterThan(theirs);
    assertThat(momento.storedSnapshot(USER).content()).isEqualTo(state);
    assertThat(momento.reads)
        .containsExactly(Consistency.EVENTUAL, Consistency.EVENTUAL, Consistency.CONSISTENT);
  }

  @Test
  void stateThatCameBackIsPublishedThoughItIsWhatThisProcessRemembers() {
    now(publisher.publish(content("a")));
    now(otherProcess().publish(content("b")));

    PublishReceipt receipt = now(publisher.publish(content("a")));

    assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(momento.messages).hasSize(3);
  }

  @Test
  void itemThatRanOutIsNotRenewedButStoredAnewUnderAHigherRevision() {
    long before = now(publisher.refresh(USER)).revision();
    momento.evict(USER);

    PublishReceipt receipt = now(publisher.refresh(USER));

    assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(receipt.revision()).isGreaterThanOrEqualTo(before);
    assertThat(momento.storedSnapshot(USER)).isEqualTo(receipt.snapshot());
  }

  @Test
  void contentIsLoadedByEveryCall() {
    now(publisher.refresh(USER));
    now(publisher.refresh(USER));

    assertThat(loads).isEqualTo(2);
  }

  @Test
  void supersededIsNeverAnsweredFromWhatIsRemembered() {
    now(publisher.publish(content("a"), 5));
    now(otherProcess().publish(content("b"), 9));

    PublishReceipt receipt = now(publisher.publish(content("c"), 4));

    assertThat(receipt.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(receipt.revision()).isEqualTo(9);
  }

  @Test
  void writeOfUnknownOutcomeIsForgottenAndLookedUp() {
    now(publisher.publish(content("a")));
    momento.script(Op.REPLACE, answerLost(ErrorKind.TIMEOUT));

    CompletableFuture<PublishReceipt> receipt = publisher.publish(content("b"));
    retriesPass();

    assertThat(now(receipt).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(momento.reads).containsExactly(Consistency.EVENTUAL, Consistency.CONSISTENT);
    assertThat(momento.messages).hasSize(2);
  }

  @Test
  void whatWasStoredButNotToldIsToldByTheNextCallThoughItIsRemembered() {
    now(publisher.publish(content("a")));
    momento.script(Op.PUBLISH, hangs());
    publisher.publish(content("b"));
    time.advance(DEADLINE);

    PublishReceipt again = now(publisher.publish(content("b")));

    assertThat(again.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(momento.messages).hasSize(2).last().isEqualTo(again.snapshot().toJson());
    assertThat(momento.calls(Op.GET)).isEqualTo(1);
  }

  @Test
  void whereAWriteIsNoCompareAndSetUnchangedRewritesNothing() {
    CacheWriter writer =
        new CacheWriter() {
          @Override
          public CompletableFuture<Boolean> replace(
              String key, byte[] expected, byte[] value, Duration ttl) {
            return momento.replace(key, expected, value, ttl);
          }

          @Override
          public boolean isAtomic() {
            return false;
          }
        };
    MomentoBackend backend =
        new MomentoBackend(
            new MomentoBackend.Roles(momento, writer, momento, momento),
            FakeMomento.ENDPOINT,
            "entitlements",
            "",
            () -> {});
    now(publisher.refresh(USER));
    String stored = momento.stored(USER);
    EntitlementPublisher weaker =
        EntitlementPublisher.builder(backend, this::load).time(time).build();

    PublishReceipt receipt = now(weaker.refresh(USER));

    assertThat(receipt.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(receipt.delivery()).isEqualTo(PublishReceipt.Delivery.NONE);
    assertThat(momento.stored(USER)).isEqualTo(stored);
    assertCalls(2, 2, 1);
  }

  @Test
  void nothingIsRememberedWhereThatIsSwitchedOff() {
    EntitlementPublisher cold =
        EntitlementPublisher.builder(momento.backend(), this::load)
            .maxRememberedUsers(0)
            .time(time)
            .build();
    now(cold.refresh(USER));
    now(cold.refresh(USER));
    now(cold.refresh(USER));

    // It does not know either that it told, so it tells once more.
    assertCalls(3, 3, 2);
  }

  @Test
  void boundsAreNotNegative() {
    EntitlementPublisher.Builder builder =
        EntitlementPublisher.builder(momento.backend(), this::load);

    assertThatThrownBy(() -> builder.maxRememberedUsers(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.maxRememberedBytes(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A publisher elsewhere finds the state unchanged while this one is about to store. */
  @Test
  void whoLoadedEarlierCannotStoreOverWhatWasFoundUnchangedSince() {
    now(publisher.publish(content("a")));
    CompletableFuture<Entitlements.Content> slowAnswer = new CompletableFuture<>();
    EntitlementPublisher slow =
        EntitlementPublisher.builder(
                momento.backend(), user -> loads++ == 0 ? slowAnswer : load(user))
            .time(time)
            .build();
    CompletableFuture<PublishReceipt> late = slow.refresh(USER);
    state = content("a");
    assertThat(now(publisher.refresh(USER)).outcome()).isEqualTo(Outcome.UNCHANGED);

    slowAnswer.complete(content("what was for a moment"));
    retriesPass();

    assertThat(now(late).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(momento.storedSnapshot(USER).content()).isEqualTo(content("a"));
    time.advance(Duration.ofSeconds(1));
  }

  private void assertCalls(int reads, int writes, int messages) {
    assertThat(momento.calls(Op.GET)).as("reads").isEqualTo(reads);
    assertThat(momento.calls(Op.REPLACE)).as("conditional writes").isEqualTo(writes);
    assertThat(momento.calls(Op.PUBLISH)).as("notifications").isEqualTo(messages);
  }

  private EntitlementPublisher otherProcess() {
    return EntitlementPublisher.builder(momento.backend(), this::load).time(time).build();
  }
}
