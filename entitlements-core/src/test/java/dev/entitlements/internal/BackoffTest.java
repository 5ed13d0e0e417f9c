package dev.entitlements.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

@Tag("P1")
class BackoffTest {
  private static final double JUST_BELOW_ONE = Math.nextDown(1.0);

  @Property
  void everyDelayLiesBetweenFloorAndCeiling(
      @ForAll @LongRange(min = 0, max = 10_000) long floor,
      @ForAll @LongRange(min = 1, max = 10_000) long more,
      @ForAll @LongRange(min = 0, max = 100_000) long evenMore,
      @ForAll @IntRange(max = 70) int failures,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
    Duration first = Duration.ofMillis(floor + more);
    Duration max = first.plusMillis(evenMore);
    Backoff backoff = after(failures, Backoff.between(Duration.ofMillis(floor), first, max));
    assertThat(backoff.delay(random)).isBetween(Duration.ofMillis(floor), max);
    assertThat(backoff.delay(0)).isEqualTo(Duration.ofMillis(floor));
  }

  @Property
  void theCeilingDoublesWithEachFailureUpToTheMaximum(
      @ForAll @LongRange(min = 1, max = 1_000) long first,
      @ForAll @LongRange(min = 0, max = 100_000) long more,
      @ForAll @IntRange(max = 40) int failures) {
    Backoff backoff =
        after(failures, Backoff.upTo(Duration.ofMillis(first), Duration.ofMillis(first + more)));
    long ceiling = Math.min(first << Math.min(failures, 30), first + more);
    assertThat(backoff.delay(JUST_BELOW_ONE))
        .isBetween(Duration.ofMillis(ceiling).minusNanos(1_000), Duration.ofMillis(ceiling));
  }

  @Property
  void moreChanceMeansMoreDelay(
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double one,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double other) {
    Backoff backoff = Backoff.upTo(Duration.ofMillis(250), Duration.ofSeconds(30)).next();
    assertThat(backoff.delay(Math.min(one, other)))
        .isLessThanOrEqualTo(backoff.delay(Math.max(one, other)));
  }

  @Example
  void aPlayersFirstTryComesWithin250MsAndALaterOneWithin30S() {
    Backoff player = Backoff.upTo(Duration.ofMillis(250), Duration.ofSeconds(30));
    assertThat(player.delay(JUST_BELOW_ONE)).isLessThanOrEqualTo(Duration.ofMillis(250));
    assertThat(player.next().delay(JUST_BELOW_ONE)).isBetween(millis(499), millis(500));
    assertThat(after(1_000, player).delay(JUST_BELOW_ONE))
        .isBetween(millis(29_999), millis(30_000));
  }

  @Example
  void toResetIsToTakeTheFirstOneAgainWhichNothingChanged() {
    Backoff first = Backoff.upTo(Duration.ofMillis(250), Duration.ofSeconds(30));
    Duration before = first.delay(0.5);
    Backoff later = after(20, first);
    assertThat(later.delay(0.5)).isGreaterThan(before);
    assertThat(first.delay(0.5)).isEqualTo(before);
  }

  @Property
  void whatWentWellTakesFailuresBackOneByOne(
      @ForAll @IntRange(max = 7) int failures, @ForAll @IntRange(max = 20) int takenBack) {
    Backoff first = Backoff.upTo(Duration.ofMillis(250), Duration.ofSeconds(30));
    Backoff backoff = after(failures, first).back(takenBack);
    assertThat(backoff.delay(JUST_BELOW_ONE))
        .isEqualTo(after(Math.max(0, failures - takenBack), first).delay(JUST_BELOW_ONE));
    assertThat(backoff.isFirst()).isEqualTo(takenBack >= failures);
  }

  @Example
  void failuresAtTheMaximumDoNotPileUp() {
    Backoff first = Backoff.upTo(Duration.ofMillis(250), Duration.ofSeconds(30));
    assertThat(after(1_000, first).back(7).isFirst()).isTrue();
  }

  @Property
  void aLimitLowersTheCeilingButNotBelowTheFirst(
      @ForAll @IntRange(max = 10) int failures,
      @ForAll @LongRange(max = 60_000) long limit,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
    Backoff backoff = after(failures, Backoff.upTo(millis(250), millis(30_000)));
    Duration ceiling = millis(Math.min(Math.min(30_000, 250L << failures), Math.max(250, limit)));
    assertThat(backoff.delay(JUST_BELOW_ONE, millis(limit)))
        .isBetween(ceiling.minusNanos(1_000), ceiling);
    assertThat(backoff.delay(random, millis(limit)))
        .isLessThanOrEqualTo(ceiling)
        .isLessThanOrEqualTo(backoff.delay(random));
  }

  @Example
  void theLongestDelaysDoNotOverflow() {
    Backoff backoff = Backoff.upTo(Duration.ofNanos(1), Duration.ofNanos(Long.MAX_VALUE));
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.delay(JUST_BELOW_ONE)).isGreaterThanOrEqualTo(Duration.ZERO);
      backoff = backoff.next();
    }
    assertThat(backoff.next()).isSameAs(backoff);
  }

  @Example
  void boundsThatMakeNoSenseAreRefused() {
    assertRefused(Duration.ZERO, Duration.ZERO, millis(1));
    assertRefused(Duration.ZERO, millis(-1), millis(1));
    assertRefused(Duration.ZERO, millis(2), millis(1));
    assertRefused(millis(3), millis(2), millis(4));
    assertRefused(millis(-1), millis(2), millis(4));
  }

  private static void assertRefused(Duration floor, Duration first, Duration max) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backoff.between(floor, first, max))
        .withMessageContaining("back-off");
  }

  private static Backoff after(int failures, Backoff backoff) {
    Backoff after = backoff;
    for (int i = 0; i < failures; i++) {
      after = after.next();
    }
    return after;
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
