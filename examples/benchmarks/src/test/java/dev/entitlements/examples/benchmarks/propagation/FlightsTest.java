package dev.entitlements.examples.benchmarks.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.kit.Samples;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("P10")
@Timeout(60)
class FlightsTest {
  private final Samples samples = new Samples();
  private final Flights flights = new Flights();

  @BeforeEach
  void recordHere() {
    flights.recordTo(samples);
  }

  @Test
  void timeIsCountedFromWhenItWasDue() throws InterruptedException {
    long number = flights.depart("u", System.nanoTime() - Duration.ofMillis(500).toNanos());
    flights.arrived("u", number);
    flights.awaitAll(Duration.ZERO);
    assertThat(samples.count()).isEqualTo(1);
    assertThat(samples.maxMs()).isBetween(499.0, 10_000.0);
  }

  @Test
  void aLaterStateBringsTheEarlierOnesAndOneThatComesTwiceCountsOnce() throws InterruptedException {
    flights.depart("u", System.nanoTime());
    long second = flights.depart("u", System.nanoTime());
    flights.arrived("u", second);
    flights.arrived("u", second);
    flights.awaitAll(Duration.ZERO);
    assertThat(samples.count()).isEqualTo(2);
  }

  @Test
  void anEarlierStateAndAnotherUsersBringNothing() {
    long first = flights.depart("u", System.nanoTime());
    long other = flights.depart("v", System.nanoTime());
    flights.depart("u", System.nanoTime());
    flights.arrived("u", first);
    flights.arrived("v", other);
    flights.arrived("nobody", 1_000);
    assertThat(samples.count()).isEqualTo(2);
    assertThatThrownBy(() -> flights.awaitAll(Duration.ofMillis(1)))
        .isInstanceOf(BenchmarkFailed.class)
        .hasMessageStartingWith("1 states");
  }
}
