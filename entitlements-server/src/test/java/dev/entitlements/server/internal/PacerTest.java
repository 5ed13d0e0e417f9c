package dev.entitlements.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

@Tag("P9")
class PacerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Duration PATIENT = Duration.ofHours(1);

  @Property(tries = 300)
  void noSecondHoldsMoreTurnsThanAllowedAndTurnsKeepTheirOrder(
      @ForAll @IntRange(min = 1, max = 7) int perSecond,
      @ForAll @Size(max = 60) List<@LongRange(max = 700_000_000L) Long> pauses) {
    Pacer pacer = new Pacer(perSecond, PATIENT);
    List<Long> turns = new ArrayList<>();
    long now = 0;
    for (long pause : pauses) {
      now += pause;
      turns.add(now + pacer.takeTurn(now).orElseThrow().toNanos());
    }

    assertThat(turns).isSorted();
    for (int i = perSecond; i < turns.size(); i++) {
      assertThat(turns.get(i) - turns.get(i - perSecond)).isGreaterThanOrEqualTo(SECOND);
    }
  }

  @Test
  @org.junit.jupiter.api.Tag("P9")
  void firstFewAreServedAtOnceAndTheNextAfterASecond() {
    Pacer pacer = new Pacer(5, PATIENT);

    for (int i = 0; i < 5; i++) {
      assertThat(pacer.takeTurn(7)).contains(Duration.ZERO);
    }
    assertThat(pacer.takeTurn(7)).contains(Duration.ofSeconds(1));
    assertThat(pacer.takeTurn(7 + SECOND / 2)).contains(Duration.ofMillis(500));
  }

  @Test
  @org.junit.jupiter.api.Tag("P9")
  void whoWouldWaitTooLongTakesNoTurn() {
    Pacer pacer = new Pacer(1, Duration.ofSeconds(2));

    assertThat(List.of(pacer.takeTurn(0), pacer.takeTurn(0), pacer.takeTurn(0)))
        .containsExactly(
            Optional.of(Duration.ZERO),
            Optional.of(Duration.ofSeconds(1)),
            Optional.of(Duration.ofSeconds(2)));
    assertThat(pacer.takeTurn(0)).isEmpty();
    assertThat(pacer.takeTurn(0)).isEmpty();
    assertThat(pacer.takeTurn(SECOND)).contains(Duration.ofSeconds(2));
  }

  @Test
  @org.junit.jupiter.api.Tag("P9")
  void zeroMeansNoLimit() {
    Pacer pacer = new Pacer(0, Duration.ZERO);

    for (int i = 0; i < 1000; i++) {
      assertThat(pacer.takeTurn(0)).contains(Duration.ZERO);
    }
  }
}
