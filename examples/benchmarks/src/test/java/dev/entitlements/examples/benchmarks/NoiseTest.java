package dev.entitlements.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("P10")
@Timeout(60)
class NoiseTest {
  private final Noise noise = new Noise();

  @Test
  void aMachineOnWhichTheSameWorkTakesAboutTheSameTimeIsQuiet() {
    IntStream.range(0, 20).forEach(i -> noise.record(40 + i % 5));

    assertThat(noise.verdict())
        .startsWith("Quiet enough")
        .contains("40.0 ms at best", "42.0 at p50", "44.0 at p90", "20 times");
  }

  @Test
  void aMachineOnWhichItTakesMuchLongerMoreThanOneTimeInTenIsNot() {
    IntStream.range(0, 20).forEach(i -> noise.record(i % 7 == 0 ? 80 : 40));

    assertThat(noise.verdict()).startsWith("TOO NOISY TO JUDGE").contains("80.0 at p90");
  }

  @Test
  void aSampleIsTimedAndOneOutlierIsForgiven() throws InterruptedException {
    noise.sample();
    assertThat(noise.spread()).isEqualTo(1);

    Noise other = new Noise();
    IntStream.range(0, 19).forEach(i -> other.record(40));
    other.record(400);
    assertThat(other.verdict()).startsWith("Quiet enough");
  }

  @Test
  void whoNeverLookedDoesNotJudge() {
    assertThat(noise.verdict()).isEqualTo("The noise was not measured.");
  }
}
