package dev.entitlements.examples.benchmarks.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("P10")
@Timeout(60)
class WorkTest {

  @Test
  void aClosedLoopKeepsSoManyUnderWayAndNeverMore() throws InterruptedException {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    ClosedLoop loop =
        new ClosedLoop(
            3,
            () -> {
              calls.incrementAndGet();
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              return new CompletableFuture<Void>()
                  .completeOnTimeout(null, 5, TimeUnit.MILLISECONDS)
                  .thenRun(underWay::decrementAndGet);
            });

    double perSecond = loop.perSecond(Duration.ofMillis(100));

    assertThat(most).hasValue(3);
    assertThat(underWay).hasValue(0);
    assertThat(perSecond).isBetween(1.0, calls.get() / 0.1);
  }

  @Test
  void aCallThatFailsIsNoResult() {
    ClosedLoop loop =
        new ClosedLoop(
            2, () -> CompletableFuture.failedFuture(new IllegalStateException("on purpose")));
    assertThatThrownBy(() -> loop.perSecond(Duration.ofMillis(50)))
        .isInstanceOf(BenchmarkFailed.class)
        .hasMessageContaining("on purpose");
  }

  @Test
  void theSlopeIsThePowerByWhichACostGrows() {
    List<Double> work = List.of(10.0, 100.0, 1_000.0);
    assertThat(Slope.of(work, List.of(7.0, 70.0, 700.0))).isCloseTo(1, within(1e-9));
    assertThat(Slope.of(work, List.of(5.0, 5.0, 5.0))).isCloseTo(0, within(1e-9));
    assertThat(Slope.of(work, List.of(1.0, 100.0, 10_000.0))).isCloseTo(2, within(1e-9));
    assertThatThrownBy(() -> Slope.of(List.of(1.0, 1.0), List.of(1.0, 2.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
