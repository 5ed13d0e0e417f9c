package dev.entitlements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P5")
class EntitlementsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final Entitlement ALWAYS = Entitlement.of("always");
  private static final Entitlement PAST = Entitlement.builder("past").validUntil(NOW).build();
  private static final Entitlement PRESENT =
      Entitlement.builder("present").validFrom(NOW).validUntil(NOW.plusSeconds(1)).build();

  @Test
  void aSnapshotHasWhatItWasMadeOf() {
    Entitlements.Content content =
        Entitlements.Content.builder("u")
            .entitlement(ALWAYS)
            .entitlements(List.of(PAST, PRESENT))
            .attribute("tier", "gold")
            .build();
    Entitlements snapshot = Entitlements.of(content, 7, NOW);
    assertThat(snapshot.userId()).isEqualTo("u");
    assertThat(snapshot.revision()).isEqualTo(7);
    assertThat(snapshot.publishedAt()).isEqualTo(NOW);
    assertThat(snapshot.content()).isSameAs(content);
    assertThat(snapshot.entitlements().values()).containsExactly(ALWAYS, PAST, PRESENT);
    assertThat(snapshot.entitlement("past")).contains(PAST);
    assertThat(snapshot.entitlement("other")).isEmpty();
    assertThat(snapshot.attributes()).isEqualTo(Map.of("tier", "gold"));
    assertThat(content.userId()).isEqualTo("u");
    assertThat(content.entitlements()).isEqualTo(snapshot.entitlements());
    assertThat(content.attributes()).isEqualTo(snapshot.attributes());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aRevisionBelowOneIsRefused(long revision) {
    Entitlements.Content content = Entitlements.Content.of("u");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Entitlements.of(content, revision, NOW))
        .withMessageContaining("revision is " + revision);
  }

  @Test
  void nullIsRefused() {
    Entitlements.Content content = Entitlements.Content.of("u");
    assertThatNullPointerException().isThrownBy(() -> Entitlements.of(null, 1, NOW));
    assertThatNullPointerException().isThrownBy(() -> Entitlements.of(content, 1, null));
    assertThatNullPointerException().isThrownBy(() -> Entitlements.Content.builder(null));
    assertThatNullPointerException()
        .isThrownBy(() -> Entitlements.Content.builder("u").attribute("a", null));
  }

  @Test
  void anIdThatComesTwiceIsRefusedBySetterAndNamed() {
    Entitlements.Content.Builder builder = Entitlements.Content.builder("u").entitlement(ALWAYS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.entitlement(Entitlement.of("always")))
        .withMessageContaining("'always'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.entitlements(List.of(PAST, PAST)))
        .withMessageContaining("'past'");
    assertThatIllegalArgumentException().isThrownBy(() -> Entitlements.Content.of("u", PAST, PAST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u3000", "u\u0007", "u\u0085", "\ud83d"})
  void aUserIdThatIsNotAllowedIsRefused(String userId) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Entitlements.Content.builder(userId))
        .withMessageStartingWith("user id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Entitlements.Content.builder("u").attribute(userId, 1))
        .withMessageStartingWith("attribute name");
  }

  @Test
  void aContentDoesNotChangeWithItsBuilder() {
    Entitlements.Content.Builder builder = Entitlements.Content.builder("u").entitlement(ALWAYS);
    Entitlements.Content content = builder.build();
    builder.entitlement(PAST).attribute("a", 1);
    assertThat(content).isEqualTo(Entitlements.Content.of("u", ALWAYS));
  }

  @Test
  void viewsCannotBeModified() {
    Entitlements snapshot =
        Entitlements.of(
            Entitlements.Content.builder("u").entitlement(ALWAYS).attribute("a", 1).build(),
            1,
            NOW);
    assertThatThrownBy(() -> snapshot.entitlements().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> snapshot.attributes().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    Entitlements filtered = Entitlements.of(Entitlements.Content.of("u", PAST), 1, NOW);
    assertThatThrownBy(() -> filtered.activeAt(NOW).entitlements().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void whatIsActiveAtAnInstantIsEachGrantThatIs() {
    Entitlements.Content content =
        Entitlements.Content.builder("u")
            .entitlements(List.of(ALWAYS, PAST, PRESENT))
            .attribute("tier", "gold")
            .build();
    Entitlements all = Entitlements.of(content, 7, NOW);
    assertThat(all.activeAt(NOW.minusNanos(1)).entitlements().values())
        .containsExactly(ALWAYS, PAST);
    assertThat(all.activeAt(NOW).entitlements().values()).containsExactly(ALWAYS, PRESENT);
    assertThat(all.activeAt(NOW.plusSeconds(1)).entitlements().values()).containsExactly(ALWAYS);
    Entitlements active = all.activeAt(NOW);
    assertThat(active.revision()).isEqualTo(7);
    assertThat(active.publishedAt()).isEqualTo(NOW);
    assertThat(active.attributes()).isEqualTo(all.attributes());
    assertThat(active.userId()).isEqualTo("u");
    assertThat(all.entitlements()).hasSize(3);
  }

  @Test
  void aSnapshotOfWhichAllIsActiveIsItself() {
    Entitlements all = Entitlements.of(Entitlements.Content.of("u", ALWAYS, PRESENT), 1, NOW);
    assertThat(all.activeAt(NOW)).isSameAs(all);
  }

  @Test
  void snapshotsAreEqualIfAllOfThemIs() {
    Entitlements one = Entitlements.of(Entitlements.Content.of("u", ALWAYS, PAST), 1, NOW);
    assertThat(one)
        .isEqualTo(Entitlements.of(Entitlements.Content.of("u", PAST, ALWAYS), 1, NOW))
        .hasSameHashCodeAs(Entitlements.of(Entitlements.Content.of("u", PAST, ALWAYS), 1, NOW));
    assertThat(one)
        .isNotEqualTo(Entitlements.of(Entitlements.Content.of("v", ALWAYS, PAST), 1, NOW))
        .isNotEqualTo(Entitlements.of(Entitlements.Content.of("u", ALWAYS), 1, NOW))
        .isNotEqualTo(Entitlements.of(one.content(), 2, NOW))
        .isNotEqualTo(Entitlements.of(one.content(), 1, NOW.plusNanos(1)))
        .isNotEqualTo(null)
        .isNotEqualTo("u");
    assertThat(one.content())
        .isNotEqualTo(
            Entitlements.Content.builder("u")
                .entitlements(List.of(ALWAYS, PAST))
                .attribute("a", 1)
                .build())
        .isNotEqualTo("u");
  }

  @Test
  void aRevisionOfTheBackendsOwnIsNoPartOfWhatTheUserIsEntitledTo() {
    Entitlements.Content versioned = Entitlements.Content.builder("u-42").revision(7).build();
    Entitlements.Content plain = Entitlements.Content.builder("u-42").build();

    assertThat(versioned.revision()).hasValue(7);
    assertThat(plain.revision()).isEmpty();
    assertThat(versioned).isEqualTo(plain).hasSameHashCodeAs(plain);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1L << 53})
  void aRevisionThatNoWebPlayerCouldReadIsRefused(long revision) {
    assertThatThrownBy(() -> Entitlements.Content.builder("u-42").revision(revision))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9007199254740991");
  }

  @Test
  void itsTextNamesUserRevisionAndGrants() {
    Entitlements snapshot = Entitlements.of(Entitlements.Content.of("u", ALWAYS), 7, NOW);
    assertThat(snapshot).hasToString("Entitlements{u r7 [always]}");
    assertThat(snapshot.content()).hasToString("Content{u [always]}");
  }
}
