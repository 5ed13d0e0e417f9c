package dev.entitlements.client.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.testkit.VirtualTime;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

/** What the waits between attempts come to, over a whole outage. */
@Tag("P1")
class StreamHealthTest {
  private static final Duration FIRST = Duration.ofMillis(250);

  @Property
  void anOutageIsOverAfterNoMoreThanItsOwnLengthAgain(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = 300_000) long millis) {
    Duration outage = Duration.ofMillis(millis);

    assertThat(recovery(seed, outage))
        .isLessThanOrEqualTo(outage.compareTo(FIRST) < 0 ? FIRST : outage)
        .isLessThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Example
  void ofRestartsThatTakeUpToTwoSecondsHalfAreOverInAThirdOfASecondAndAllButFewInTwo() {
    Random random = new Random(1);
    long[] sorted =
        LongStream.range(0, 10_000)
            .map(seed -> recovery(seed, Duration.ofMillis(random.nextInt(2_000))).toMillis())
            .sorted()
            .toArray();

    assertThat(sorted[5_000]).as("p50, ms").isLessThan(333);
    assertThat(sorted[9_900]).as("p99, ms").isLessThan(2_000);
  }

  /** How long after an outage an attempt succeeds, if each takes no time by itself. */
  private static Duration recovery(long seed, Duration outage) {
    VirtualTime time = new VirtualTime(seed);
    StreamHealth health = StreamHealth.untried(Settings.defaults()).active(Moment.of(time));
    do {
      Moment failure = Moment.of(time);
      health = health.ended(failure);
      Duration wait = health.delay(failure);
      health = health.waiting(failure);
      time.advance(wait);
    } while (time.nanoTime() < outage.toNanos());
    return Duration.ofNanos(time.nanoTime()).minus(outage);
  }
}
