package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failureNow;
import static dev.entitlements.server.Outcomes.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.server.FakeMomento.Op;
import dev.entitlements.server.PublishReceipt.Delivery;
import dev.entitlements.server.PublishReceipt.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P6")
class PublishTest extends PublisherTestBase {
  @Test
  void firstPublishStoresTheDocumentAndThenSendsItInline() {
    PublishReceipt receipt = now(publisher.publish(content("premium")));

    assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(receipt.delivery()).isEqualTo(Delivery.INLINE);
    assertThat(receipt.userId()).isEqualTo(USER);
    assertThat(receipt.revision()).isEqualTo(time.now().toEpochMilli());
    assertThat(receipt.attempts()).isEqualTo(1);
    assertThat(receipt.snapshot()).isEqualTo(momento.storedSnapshot(USER));
    assertThat(receipt.snapshot().content()).isEqualTo(content("premium"));
    assertThat(receipt.bytes()).isEqualTo(momento.stored(USER).length());
    assertThat(momento.messages).containsExactly(momento.stored(USER));
    assertThat(momento.ttl(USER)).isEqualTo(Duration.ofHours(24));
    assertThat(momento.calls(Op.GET)).isEqualTo(1);
  }

  @Test
  void documentOf4096BytesStillGoesInlineAndOneByteMoreIsANotice() {
    Entitlements.Content fits = contentOfBytes(4096);
    Entitlements.Content tooMuch = contentOfBytes(4097);

    PublishReceipt inline = now(publisher.publish(fits));
    PublishReceipt notice = now(publisher.publish(tooMuch));

    assertThat(inline.bytes()).isEqualTo(4096);
    assertThat(inline.delivery()).isEqualTo(Delivery.INLINE);
    assertThat(inline.messageRoom()).isZero();
    assertThat(notice.messageRoom()).isEqualTo(-1);
    assertThat(notice.bytes()).isEqualTo(4097);
    assertThat(notice.delivery()).isEqualTo(Delivery.NOTICE);
    assertThat(momento.messages.get(1))
        .isEqualTo(EntitlementsCodec.encodeNotice(USER, notice.revision()));
  }

  /** Counted in bytes of UTF-8: two for each of these letters. */
  private Entitlements.Content contentOfBytes(int bytes) {
    int missing = bytes - sizeOf(padded("")) - 1;
    String padding = "ä".repeat(missing / 2) + (missing % 2 == 0 ? "x" : "xx");
    Entitlements.Content content = padded(padding);
    assertThat(sizeOf(content)).isEqualTo(bytes);
    return content;
  }

  private Entitlements.Content padded(String padding) {
    return Entitlements.Content.builder(USER).attribute("padding", padding).build();
  }

  private int sizeOf(Entitlements.Content content) {
    return EntitlementsCodec.encodeUtf8(
            Entitlements.of(content, time.now().toEpochMilli() + 1, time.now()))
        .length;
  }

  @Test
  void unchangedContentIsRenewedAndNobodyIsTold() {
    PublishReceipt first = now(publisher.publish(content("premium")));
    time.advance(Duration.ofHours(5));

    PublishReceipt second = now(publisher.publish(content("premium")));

    assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(second.delivery()).isEqualTo(Delivery.NONE);
    assertThat(second.snapshot()).isEqualTo(first.snapshot());
    assertThat(second.bytes()).isEqualTo(first.bytes());
    assertThat(momento.storedSnapshot(USER)).isEqualTo(first.snapshot());
    assertThat(momento.calls(Op.REPLACE)).isEqualTo(2);
    assertThat(momento.messages).hasSize(1);
  }

  @Test
  @Tag("P7")
  void everyRenewalLeavesBytesThatWereNeverThereBefore() {
    Set<String> stored = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      now(publisher.publish(content("premium")));
      assertThat(stored.add(momento.stored(USER))).isTrue();
    }
    assertThat(momento.messages).hasSize(1);
  }

  @Test
  void changeGetsAHigherRevisionEvenWhenTheClockStandsOrGoesBack() {
    long first = now(publisher.publish(content("a"))).revision();
    long second = now(publisher.publish(content("b"))).revision();
    time.jumpWallClock(Duration.ofHours(-1));
    long third = now(publisher.publish(content("c"))).revision();

    assertThat(second).isEqualTo(first + 1);
    assertThat(third).isEqualTo(first + 2);
  }

  @Test
  void itemTtlIsAsSet() {
    EntitlementPublisher other =
        EntitlementPublisher.builder(momento.backend(), this::load)
            .itemTtl(Duration.ofMinutes(30))
            .time(time)
            .build();

    now(other.publish(content("a")));

    assertThat(momento.ttl(USER)).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void keyAndTopicHaveThePrefix() {
    EntitlementPublisher other =
        EntitlementPublisher.builder(momento.backend("ent:"), this::load).time(time).build();

    now(other.publish(content("a")));

    assertThat(momento.storedSnapshot("ent:" + USER).userId()).isEqualTo(USER);
  }

  @Test
  void malformedItemIsOverwritten() {
    momento.store(USER, "{\"schema\":1,");

    PublishReceipt receipt = now(publisher.publish(content("a")));

    assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(momento.storedSnapshot(USER).content()).isEqualTo(content("a"));
  }

  @Test
  void itemOfAFutureSchemaIsLeftAsItIs() {
    String future = "{\"schema\":2,\"userId\":\"" + USER + "\",\"revision\":7}";
    momento.store(USER, future);

    assertThat(failureNow(publisher.publish(content("a"))))
        .hasMessageContaining("schema 2")
        .hasMessageContaining("left as it is")
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.UNKNOWN_SCHEMA);
              assertThat(e.userId()).contains(USER);
            });
    assertThat(momento.stored(USER)).isEqualTo(future);
    assertThat(momento.messages).isEmpty();
  }

  @Test
  void itemOfAnotherUserIsLeftAsItIs() {
    String foreign = Entitlements.of(Entitlements.Content.of("other"), 7, Instant.EPOCH).toJson();
    momento.store(USER, foreign);

    assertThat(failureNow(publisher.publish(content("a"))))
        .hasMessageContaining("key prefix")
        .hasMessageContaining("delete the item of key '" + USER + "' from the cache")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.FOREIGN_USER));
    assertThat(momento.stored(USER)).isEqualTo(foreign);
  }

  @Test
  @Tag("P5")
  void revisionAfterWhichThereIsNoneIsReportedWithWhatToDo() {
    now(publisher.publish(content("a"), WIDEST));

    assertThat(failureNow(publisher.publish(content("b"))))
        .hasMessageContaining("revision 9007199254740991, after which there is none")
        .hasMessageContaining("delete the item of key '" + USER + "' from the cache")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST));
    momento.evict(USER);
    assertThat(now(publisher.publish(content("b"))).outcome()).isEqualTo(Outcome.PUBLISHED);
  }

  /** 5 MB for key and value, less 32 bytes in which renewals are counted. */
  private static final int LARGEST = 5 * 1024 * 1024 - 32 - USER.length();

  /** The revision that takes most room. */
  private static final long WIDEST = (1L << 53) - 1;

  @Test
  void largestDocumentIsStoredRenewedAndReadAgain() {
    time.advance(Duration.ofMillis(1));
    Entitlements.Content largest = large(LARGEST);

    PublishReceipt first = now(publisher.publish(largest, WIDEST));
    PublishReceipt again = now(publisher.publish(largest, WIDEST));

    assertThat(first.bytes()).isEqualTo(LARGEST);
    assertThat(first.delivery()).isEqualTo(Delivery.NOTICE);
    assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(momento.stored(USER).length()).isBetween(LARGEST + 1, LARGEST + 32);
    assertThat(momento.storedSnapshot(USER)).isEqualTo(first.snapshot());
  }

  @Test
  void largerDocumentOfTheSourceIsRefusedBeforeAnythingIsStored() {
    state = large(LARGEST);
    now(publisher.refresh(USER));
    state = large(LARGEST + 20);

    assertThat(failureNow(publisher.refresh(USER)).kind()).isEqualTo(ErrorKind.TOO_LARGE);
    assertThat(momento.calls(Op.REPLACE)).isEqualTo(1);
    assertThat(momento.messages).hasSize(1);
  }

  /** Of this size with the widest stamp. */
  private static Entitlements.Content large(int bytes) {
    int stamped =
        EntitlementsCodec.encodeUtf8(Entitlements.of(filled(0), WIDEST, Instant.ofEpochMilli(1)))
            .length;
    return filled(bytes - stamped);
  }

  private static Entitlements.Content filled(int bytes) {
    Entitlements.Content.Builder content = Entitlements.Content.builder(USER);
    int left = bytes;
    for (int i = 0; i < 6; i++) {
      int part = Math.min(left, 1_000_000);
      content.attribute("a" + i, "x".repeat(part));
      left -= part;
    }
    return content.build();
  }

  @Test
  void documentThatMomentoWouldNotTakeIsRefusedBeforeAnythingIsSent() {
    assertThat(failureNow(publisher.publish(large(LARGEST + 1))))
        .hasMessageContaining("takes " + LARGEST + " at most, so nothing was sent")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE));
    assertThat(momento.calls(Op.GET)).isZero();
    assertThat(momento.calls(Op.REPLACE)).isZero();
  }

  @Test
  void ownRevisionIsStoredAsItIs() {
    PublishReceipt receipt = now(publisher.publish(content("a"), 17));

    assertThat(receipt.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(momento.storedSnapshot(USER).revision()).isEqualTo(17);
  }

  @Test
  void olderOrEqualOwnRevisionWithOtherContentIsSuperseded() {
    now(publisher.publish(content("new"), 17));

    PublishReceipt older = now(publisher.publish(content("old"), 16));
    PublishReceipt equal = now(publisher.publish(content("old"), 17));

    assertThat(older.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(equal.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(older.snapshot().content()).isEqualTo(content("new"));
    assertThat(momento.messages).hasSize(1);
    assertThat(momento.calls(Op.REPLACE)).isEqualTo(1);
  }

  @Test
  void sameOwnRevisionWithTheSameContentIsUnchanged() {
    now(publisher.publish(content("a"), 17));

    assertThat(now(publisher.publish(content("a"), 17)).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(momento.messages).hasSize(1);
  }

  @Test
  void higherOwnRevisionWithTheSameContentIsStoredSoThatNothingInBetweenCanWin() {
    now(publisher.publish(content("a"), 1));
    now(publisher.publish(content("a"), 3));

    assertThat(now(publisher.publish(content("b"), 2)).outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(momento.storedSnapshot(USER).content()).isEqualTo(content("a"));
  }

  @Test
  void supersededReceiptSaysWhatIsStoredNowAndNotWhatAStaleReadSaw() {
    now(publisher.publish(content("a"), 5));
    momento.lagBehind(USER);
    now(publisher.publish(content("b"), 9));

    PublishReceipt receipt = now(publisher.publish(content("c"), 4));

    assertThat(receipt.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(receipt.revision()).isEqualTo(9);
  }

  @Test
  void ownRevisionOutsideWhatWebPlayersCanReadIsRefused() {
    assertThatThrownBy(() -> publisher.publish(content("a"), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> publisher.publish(content("a"), 1L << 53))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9007199254740991");
  }

  @Test
  void builderRefusesWhatCannotWork() {
    EntitlementPublisher.Builder builder =
        EntitlementPublisher.builder(momento.backend(), this::load);

    assertThatThrownBy(() -> builder.itemTtl(Duration.ofHours(24).plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.itemTtl(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.callDeadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.itemTtl(Duration.ofSeconds(5)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shorter than callDeadline");
  }

  @Test
  void messageIsCompact() {
    now(
        publisher.publish(
            Entitlements.Content.builder(USER)
                .entitlement(Entitlement.of("free"))
                .entitlement(Entitlement.builder("premium").validUntil(Instant.EPOCH).build())
                .build()));

    assertThat(momento.messages.get(0))
        .doesNotContain("null")
        .doesNotContain("limits")
        .doesNotContain("attributes")
        .doesNotContain("validFrom")
        .doesNotContain("renewals")
        .doesNotContainPattern("\\s");
  }

  @Test
  void readableByAWebPlayer() {
    now(
        publisher.publish(
            Entitlements.Content.of(
                USER, Entitlement.builder("premium").limit("streams", 4).build()),
            17));

    assertThat(momento.messages.get(0).getBytes(StandardCharsets.UTF_8).length).isLessThan(4096);
    assertThat(momento.messages.get(0))
        .isEqualTo(
            "{\"schema\":1,\"userId\":\"u-42\",\"revision\":17,"
                + "\"publishedAt\":\"2026-11-24T03:00:00Z\","
                + "\"entitlements\":[{\"id\":\"premium\",\"limits\":{\"streams\":4}}]}");
  }
}
