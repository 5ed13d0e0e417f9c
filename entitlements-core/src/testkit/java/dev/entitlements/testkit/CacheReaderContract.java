package dev.entitlements.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.local.Rpc;
import dev.entitlements.momento.CacheReader;
import dev.entitlements.momento.CacheReader.Consistency;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link CacheReader} does. */
public abstract class CacheReaderContract extends MomentoContract {
  /** The implementation under test; the subclass closes it after each test. */
  protected abstract CacheReader reader(Bearer bearer);

  @ParameterizedTest
  @EnumSource(Consistency.class)
  @Tag("P5")
  void anItemIsReadByteForByte(Consistency consistency) {
    byte[] value = {0, (byte) 0xFF, 'a', (byte) 0xC0, 0};
    store("u-42", value, HOUR);
    Optional<byte[]> read = await(reader(backend()).get("u-42", consistency));
    assertThat(read).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(value));
  }

  @ParameterizedTest
  @EnumSource(Consistency.class)
  @Tag("P5")
  void aMissIsEmptyAndNoError(Consistency consistency) {
    assertThat(await(reader(backend()).get("nobody", consistency))).isEmpty();
  }

  @Test
  @Tag("P5")
  void anItemWhoseTimeIsOverIsAMiss() {
    store("u-42", bytes("value"), Duration.ofSeconds(10));
    CacheReader reader = reader(backend());
    clock.advance(Duration.ofSeconds(9));
    assertThat(await(reader.get("u-42", Consistency.CONSISTENT))).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(await(reader.get("u-42", Consistency.CONSISTENT))).isEmpty();
  }

  @Test
  @Tag("P1")
  void aConsistentReadSeesEachWriteThatIsDone() {
    CacheReader reader = reader(backend());
    byte[] last = null;
    for (int i = 0; i < 20; i++) {
      byte[] next = bytes("value " + i);
      assertThat(await(roles().replace("u-42", last, next, HOUR))).isTrue();
      assertThat(await(reader.get("u-42", Consistency.CONSISTENT)))
          .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(next));
      last = next;
    }
  }

  @Test
  @Tag("P1")
  void aConsistentReadSeesTheNewestThoughOthersAreServedWhatIsStale() {
    store("u-42", bytes("old"), HOUR);
    service.faults().on(Rpc.GET).serveStale();
    assertThat(await(roles().replace("u-42", bytes("old"), bytes("new"), HOUR))).isTrue();
    assertThat(await(reader(backend()).get("u-42", Consistency.CONSISTENT)))
        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(bytes("new")));
    service.faults().clear();
  }

  @Test
  @Tag("P5")
  void keysOfEveryScriptAreTheirOwn() {
    store("ünïcödé/日本 \ud83d\ude00", bytes("one"), HOUR);
    store("unicode/日本 \ud83d\ude00", bytes("two"), HOUR);
    assertThat(await(reader(backend()).get("ünïcödé/日本 \ud83d\ude00", Consistency.EVENTUAL)))
        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(bytes("one")));
  }

  @Test
  @Tag("P5")
  void theSameKeyOfAnotherCacheIsAnotherItem() {
    store("u-42", bytes("value"), HOUR);
    CacheReader other = reader(backend().withCache(OTHER_CACHE));
    assertThat(await(other.get("u-42", Consistency.CONSISTENT))).isEmpty();
  }

  @Test
  @Tag("P5")
  void theLargestItemIsRead() {
    byte[] value = new byte[5 * 1024 * 1024 - "u-42".length()];
    value[value.length - 1] = 7;
    store("u-42", value, HOUR);
    assertThat(await(reader(backend()).get("u-42", Consistency.EVENTUAL)))
        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(value));
  }

  @Test
  @Tag("P8")
  void aPlayerReadsItsOwnItem() {
    store("u-42", bytes("value"), HOUR);
    assertThat(await(reader(player("u-42")).get("u-42", Consistency.CONSISTENT))).isPresent();
  }

  @Test
  @Tag("P8")
  void aPlayerReadsNothingElse() {
    store("u-43", bytes("value"), HOUR);
    Bearer player = player("u-4");
    assertThat(kindOf(reader(player), "u-43")).isEqualTo(ErrorKind.PERMISSION_DENIED);
    assertThat(kindOf(reader(player.withCache(OTHER_CACHE)), "u-4"))
        .isEqualTo(ErrorKind.PERMISSION_DENIED);
  }

  @Test
  @Tag("P8")
  void aTokenThatHasRunOutIsUnauthenticated() {
    CacheReader reader = reader(player("u-42"));
    clock.advance(HOUR.plusSeconds(1));
    assertThat(kindOf(reader, "u-42")).isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  @Test
  @Tag("P8")
  void aWrongKeyIsUnauthenticatedAndNotQuoted() {
    CacheReader reader = reader(backend().withApiKey("wrong-key-of-somebody"));
    EntitlementsException error = failure(reader.get("u-42", Consistency.EVENTUAL));
    assertThat(error.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(error.toString()).doesNotContain("wrong-key-of-somebody");
    assertThat(reader.toString()).doesNotContain("wrong-key-of-somebody");
  }

  @Test
  @Tag("P4")
  void anUnknownCacheIsNotFoundRatherThanAMiss() {
    assertThat(kindOf(reader(backend().withCache("no-such-cache")), "u-42"))
        .isEqualTo(ErrorKind.CACHE_NOT_FOUND);
  }

  @Test
  @Tag("P4")
  void aServiceThatIsGoneIsATransientError() {
    CacheReader reader = reader(backend());
    service.close();
    assertThat(failure(reader.get("u-42", Consistency.EVENTUAL)).kind())
        .isIn(ErrorKind.UNAVAILABLE, ErrorKind.TIMEOUT);
  }

  @Test
  @Tag("P9")
  void manyReadsAtOnceAreAllAnswered() {
    store("u-42", bytes("value"), HOUR);
    CacheReader reader = reader(backend());
    CompletableFuture<?>[] reads = new CompletableFuture<?>[500];
    for (int i = 0; i < reads.length; i++) {
      reads[i] =
          reader
              .get(i % 2 == 0 ? "u-42" : "nobody", Consistency.EVENTUAL)
              .thenApply(Optional::isPresent);
    }
    await(CompletableFuture.allOf(reads));
    for (int i = 0; i < reads.length; i++) {
      assertThat(reads[i].join()).isEqualTo(i % 2 == 0);
    }
  }

  private static ErrorKind kindOf(CacheReader reader, String key) {
    return failure(reader.get(key, Consistency.CONSISTENT)).kind();
  }
}
