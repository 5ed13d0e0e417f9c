package dev.entitlements.examples.benchmarks.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.examples.benchmarks.Noise;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.world.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("P10")
@Timeout(60)
class KitTest {

  @Test
  void contestantsTakeTurnsAndTurnsGoRound() throws Exception {
    List<String> order = new ArrayList<>();
    Rounds.measure(
        new Run(true, System.out, new SharedServer(), new Noise()),
        3,
        List.of("A", "B", "C"),
        order::add);
    assertThat(String.join("", order)).isEqualTo("ABCBCACAB");
  }

  @Test
  void aSlowSendDoesNotMoveWhenTheNextOnesAreDue() throws InterruptedException {
    List<Long> due = new ArrayList<>();
    List<Long> sent = new ArrayList<>();
    FixedRate.run(
        5,
        Duration.ofMillis(2),
        (i, dueNanos) -> {
          due.add(dueNanos);
          sent.add(System.nanoTime());
          if (i == 0) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
            while (System.nanoTime() < until) {
              Thread.onSpinWait();
            }
          }
        });
    for (int i = 0; i < 5; i++) {
      assertThat(due.get(i) - due.get(0)).isEqualTo(i * 2_000_000L);
      assertThat(sent.get(i)).isGreaterThanOrEqualTo(due.get(i));
    }
    assertThat(sent.get(4) - due.get(4)).as("the wait counts").isGreaterThan(10_000_000L);
  }

  @Test
  void percentilesAreInMillisecondsAndThereAreNoneWithoutSamples() {
    Samples samples = new Samples();
    assertThat(samples.percentileMs(50)).isNull();
    for (int ms = 1; ms <= 100; ms++) {
      samples.record(TimeUnit.MILLISECONDS.toNanos(ms));
    }
    samples.record(-1);
    assertThat(samples.count()).isEqualTo(101);
    assertThat(samples.percentileMs(50)).isBetween(49.9, 50.1);
    assertThat(samples.maxMs()).isBetween(99.9, 100.2);
  }
}
