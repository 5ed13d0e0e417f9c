package dev.entitlements.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.ErrorKind;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.CacheWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link CacheWriter} does, whoever else writes. What only one with an atomic
 * compare-and-set can do is in {@link AtomicCacheWriterContract}.
 */
public abstract class CacheWriterContract extends MomentoContract {
  static final byte[] ONE = bytes("one");
  private static final byte[] TWO = bytes("two");
  private static final byte[] THREE = bytes("three");

  /** The implementation under test; the subclass closes it after each test. */
  protected abstract CacheWriter writer(Bearer bearer);

  @Test
  @Tag("P6")
  void anAbsentItemIsStored() {
    byte[] value = {0, (byte) 0xFF, 'a', 0};
    assertThat(replace(null, value)).isTrue();
    assertStored(value);
  }

  @Test
  @Tag("P7")
  void anItemThatIsThereIsNotStoredOverByWhoSawNone() {
    assertThat(replace(null, ONE)).isTrue();
    assertThat(replace(null, TWO)).isFalse();
    assertThat(replace(null, ONE)).isFalse();
    assertStored(ONE);
  }

  @Test
  @Tag("P7")
  void anItemIsReplacedByWhoSawWhatItIs() {
    assertThat(replace(null, ONE)).isTrue();
    assertThat(replace(ONE, TWO)).isTrue();
    assertStored(TWO);
  }

  @Test
  @Tag("P7")
  void anItemIsNotReplacedByWhoSawAnOlderOne() {
    assertThat(replace(null, ONE)).isTrue();
    assertThat(replace(ONE, TWO)).isTrue();
    assertThat(replace(ONE, THREE)).isFalse();
    assertThat(replace(bytes("on"), THREE)).isFalse();
    assertStored(TWO);
  }

  @Test
  @Tag("P6")
  void anItemThatIsNotThereAnyMoreIsStoredByWhoSawIt() {
    assertThat(replace(ONE, TWO)).isTrue();
    assertStored(TWO);
    clock.advance(HOUR);
    assertThat(replace(ONE, THREE)).isTrue();
    assertStored(THREE);
  }

  @Test
  @Tag("P6")
  void anItemIsStoredAnewByWhoSawNoneOnceItsTimeIsOver() {
    assertThat(replace(null, ONE)).isTrue();
    clock.advance(HOUR);
    assertThat(replace(null, TWO)).isTrue();
    assertStored(TWO);
  }

  @Test
  @Tag("P6")
  void anItemIsKeptForItsTimeAndNoLonger() {
    CacheWriter writer = writer(backend());
    assertThat(await(writer.replace("u-42", null, ONE, Duration.ofSeconds(10)))).isTrue();
    clock.advance(Duration.ofMillis(9_999));
    assertStored(ONE);
    clock.advance(Duration.ofMillis(1));
    assertThat(await(roles().get("u-42", Consistency.CONSISTENT))).isEmpty();
  }

  @Test
  @Tag("P6")
  void toReplaceAnItemByItselfRenewsItsTime() {
    CacheWriter writer = writer(backend());
    assertThat(await(writer.replace("u-42", null, ONE, Duration.ofSeconds(10)))).isTrue();
    clock.advance(Duration.ofSeconds(9));
    assertThat(await(writer.replace("u-42", ONE, ONE, Duration.ofSeconds(10)))).isTrue();
    clock.advance(Duration.ofSeconds(9));
    assertStored(ONE);
  }

  @Test
  @Tag("P6")
  void theTimeOfAnItemIsNotRenewedByAReplaceThatFailed() {
    CacheWriter writer = writer(backend());
    assertThat(await(writer.replace("u-42", null, ONE, Duration.ofSeconds(10)))).isTrue();
    assertThat(await(writer.replace("u-42", TWO, TWO, HOUR))).isFalse();
    clock.advance(Duration.ofSeconds(10));
    assertThat(await(roles().get("u-42", Consistency.CONSISTENT))).isEmpty();
  }

  @Test
  @Tag("P7")
  void ofManyWritersThatSawNoneExactlyOneWins() {
    assertExactlyOneWins(null, writer(backend()), writer(backend()));
  }

  @Test
  @Tag("P7")
  void ofManyWritesByOneWriterThatSawTheSameExactlyOneWins() {
    assertThat(replace(null, ONE)).isTrue();
    assertExactlyOneWins(ONE, writer(backend()));
  }

  @Test
  @Tag("P7")
  void keysDoNotDisturbEachOther() {
    CacheWriter writer = writer(backend());
    assertThat(await(writer.replace("u-1", null, ONE, HOUR))).isTrue();
    assertThat(await(writer.replace("u-2", null, TWO, HOUR))).isTrue();
    assertThat(await(writer(backend().withCache(OTHER_CACHE)).replace("u-1", null, TWO, HOUR)))
        .isTrue();
    assertThat(await(roles().get("u-1", Consistency.CONSISTENT)))
        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(ONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PT0S", "PT-1S", "PT24H0.001S", "PT2562047788015215H", "PT-2562047788015215H"})
  @Tag("P6")
  void aTimeThatTheServiceDoesNotTakeIsRefused(Duration ttl) {
    assertThat(failure(writer(backend()).replace("u-42", null, ONE, ttl)).kind())
        .isEqualTo(ErrorKind.INVALID_REQUEST);
    assertThat(await(roles().get("u-42", Consistency.CONSISTENT))).isEmpty();
  }

  @Test
  @Tag("P6")
  void theLongestTimeIsADay() {
    CacheWriter writer = writer(backend());
    assertThat(await(writer.replace("u-42", null, ONE, Duration.ofHours(24)))).isTrue();
  }

  @Test
  @Tag("P6")
  void anItemThatIsTooLargeIsRefusedAsSuch() {
    byte[] value = new byte[5 * 1024 * 1024 - "u-42".length() + 1];
    assertThat(failure(writer(backend()).replace("u-42", null, value, HOUR)).kind())
        .isEqualTo(ErrorKind.TOO_LARGE);
  }

  @Test
  @Tag("P8")
  void aPlayerWritesNothing() {
    CacheWriter writer = writer(player("u-42"));
    assertThat(failure(writer.replace("u-42", null, ONE, HOUR)).kind())
        .isEqualTo(ErrorKind.PERMISSION_DENIED);
    assertThat(await(roles().get("u-42", Consistency.CONSISTENT))).isEmpty();
  }

  @Test
  @Tag("P8")
  void aWrongKeyIsUnauthenticated() {
    CacheWriter writer = writer(backend().withApiKey("wrong-key"));
    assertThat(failure(writer.replace("u-42", null, ONE, HOUR)).kind())
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  @Test
  @Tag("P4")
  void anUnknownCacheIsNotFound() {
    CacheWriter writer = writer(backend().withCache("no-such-cache"));
    assertThat(failure(writer.replace("u-42", null, ONE, HOUR)).kind())
        .isEqualTo(ErrorKind.CACHE_NOT_FOUND);
  }

  @Test
  @Tag("P4")
  void aServiceThatIsGoneIsATransientError() {
    CacheWriter writer = writer(backend());
    service.close();
    assertThat(failure(writer.replace("u-42", null, ONE, HOUR)).kind())
        .isIn(ErrorKind.UNAVAILABLE, ErrorKind.TIMEOUT);
  }

  final void assertExactlyOneWins(byte[] expected, CacheWriter... writers) {
    List<CompletableFuture<Boolean>> writes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      writes.add(writers[i % writers.length].replace("u-42", expected, bytes("new " + i), HOUR));
    }
    List<Boolean> stored = writes.stream().map(MomentoContract::await).toList();
    assertThat(stored).containsOnlyOnce(true);
    assertStored(bytes("new " + stored.indexOf(true)));
  }

  final boolean replace(byte[] expected, byte[] value) {
    return await(writer(backend()).replace("u-42", expected, value, HOUR));
  }

  private void assertStored(byte[] value) {
    assertThat(await(roles().get("u-42", Consistency.CONSISTENT)))
        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(value));
  }
}
