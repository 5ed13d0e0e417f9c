package dev.entitlements.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P6")
class UntoldTest {
  private final Untold untold = new Untold();

  @Test
  void revisionIsUntoldFromStoringToTelling() {
    untold.storing("u", 5);
    assertThat(untold.contains("u", 5)).isTrue();
    assertThat(untold.contains("u", 6)).isFalse();
    assertThat(untold.contains("v", 5)).isFalse();

    untold.told("u", 5);

    assertThat(untold.contains("u", 5)).isFalse();
    assertThat(untold.size()).isZero();
  }

  @Test
  void whatWasNotStoredNeedsNoTelling() {
    untold.storing("u", 5);
    untold.notStored("u", 5);

    assertThat(untold.size()).isZero();
  }

  @Test
  void tellingOfAnEarlierRevisionLeavesTheLaterOneUntold() {
    untold.storing("u", 5);
    untold.storing("u", 9);

    untold.told("u", 5);

    assertThat(untold.contains("u", 5)).isFalse();
    assertThat(untold.contains("u", 9)).isTrue();
    untold.told("u", 12);
    assertThat(untold.size()).isZero();
  }
}
