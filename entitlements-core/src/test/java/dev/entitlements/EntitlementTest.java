package dev.entitlements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P5")
class EntitlementTest {
  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2026-12-01T00:00:00Z");

  @Test
  void aGrantHasWhatItWasBuiltWith() {
    Entitlement grant =
        Entitlement.builder("premium")
            .validFrom(FROM)
            .validUntil(UNTIL)
            .limit("streams", 4)
            .attribute("region", "US")
            .build();
    assertThat(grant.id()).isEqualTo("premium");
    assertThat(grant.validFrom()).contains(FROM);
    assertThat(grant.validUntil()).contains(UNTIL);
    assertThat(grant.limits()).containsExactly(Map.entry("streams", 4L));
    assertThat(grant.limit("streams")).hasValue(4);
    assertThat(grant.limit("downloads")).isEmpty();
    assertThat(grant.attributes()).containsExactly(Map.entry("region", "US"));
  }

  @Test
  void limitsAndAttributesKeepTheOrderInWhichTheyWereGiven() {
    Entitlement grant =
        Entitlement.builder("a")
            .limit("z", 1)
            .limit("a", 2)
            .limit("m", 3)
            .attribute("z", 1)
            .attribute("a", 2)
            .build();
    assertThat(grant.limits().keySet()).containsExactly("z", "a", "m");
    assertThat(grant.attributes().keySet()).containsExactly("z", "a");
  }

  @Test
  void aGrantIsActiveFromItsBeginningInclusiveToItsEndExclusive() {
    Entitlement grant = Entitlement.builder("a").validFrom(FROM).validUntil(UNTIL).build();
    assertThat(grant.isActiveAt(FROM.minusNanos(1))).isFalse();
    assertThat(grant.isActiveAt(FROM)).isTrue();
    assertThat(grant.isActiveAt(UNTIL.minusNanos(1))).isTrue();
    assertThat(grant.isActiveAt(UNTIL)).isFalse();
  }

  @Test
  void anAbsentBoundLeavesThatSideOpen() {
    Entitlement open = Entitlement.of("a");
    assertThat(open.isActiveAt(Instant.MIN)).isTrue();
    assertThat(open.isActiveAt(Instant.MAX)).isTrue();
    Entitlement fromOnly = Entitlement.builder("a").validFrom(FROM).build();
    assertThat(fromOnly.isActiveAt(Instant.MIN)).isFalse();
    assertThat(fromOnly.isActiveAt(Instant.MAX)).isTrue();
    Entitlement untilOnly = Entitlement.builder("a").validUntil(UNTIL).build();
    assertThat(untilOnly.isActiveAt(Instant.MIN)).isTrue();
    assertThat(untilOnly.isActiveAt(Instant.MAX)).isFalse();
  }

  @Test
  void aGrantThatIsNeverActiveIsRefused() {
    Entitlement.Builder empty = Entitlement.builder("a").validFrom(FROM).validUntil(FROM);
    assertThatIllegalArgumentException()
        .isThrownBy(empty::build)
        .withMessageContaining("'a'")
        .withMessageContaining("validFrom")
        .withMessageContaining("validUntil");
    empty.validUntil(FROM.minusNanos(1));
    assertThatIllegalArgumentException().isThrownBy(empty::build);
    empty.validUntil(FROM.plusNanos(1));
    assertThat(empty.build().isActiveAt(FROM)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "\u00a0", "\u2003\u3000", "a\u0000", "a\nb", "\ud800"})
  void aNameThatIsNotAllowedIsRefusedByTheSetterItself(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> Entitlement.builder(name));
    assertThatIllegalArgumentException().isThrownBy(() -> Entitlement.of(name));
    Entitlement.Builder builder = Entitlement.builder("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.limit(name, 1))
        .withMessageStartingWith("limit name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.attribute(name, 1))
        .withMessageStartingWith("attribute name");
  }

  @ParameterizedTest
  @NullSource
  void nullIsRefusedByTheSetterItself(String none) {
    assertThatNullPointerException().isThrownBy(() -> Entitlement.builder(none));
    Entitlement.Builder builder = Entitlement.builder("a");
    assertThatNullPointerException().isThrownBy(() -> builder.limit(none, 1));
    assertThatNullPointerException().isThrownBy(() -> builder.attribute(none, 1));
    assertThatNullPointerException().isThrownBy(() -> builder.attribute("a", none));
  }

  @Test
  void aValueThatJsonCannotCarryIsRefusedByTheSetterItself() {
    Entitlement.Builder builder = Entitlement.builder("a");
    for (Object value :
        List.of(
            Double.NaN,
            Float.POSITIVE_INFINITY,
            'c',
            new AtomicLong(1),
            Instant.EPOCH,
            new int[] {1},
            Map.of(1, 2),
            List.of(Double.NEGATIVE_INFINITY),
            "\udc00")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.attribute("region", value))
          .withMessageContaining("attribute 'region'");
    }
  }

  @Test
  void whatWasGivenToTheBuilderIsCopied() {
    List<Object> list = new ArrayList<>(List.of("x"));
    Map<String, Object> map = new HashMap<>(Map.of("list", list));
    Entitlement.Builder builder = Entitlement.builder("a").attribute("map", map);
    list.add("y");
    map.put("more", 1);
    Entitlement grant = builder.build();
    builder.attribute("later", 1).limit("later", 1).validFrom(FROM);
    assertThat(grant.attributes()).isEqualTo(Map.of("map", Map.of("list", List.of("x"))));
    assertThat(grant.limits()).isEmpty();
    assertThat(grant.validFrom()).isEmpty();
  }

  @Test
  void viewsCannotBeModifiedHoweverDeep() {
    Entitlement grant =
        Entitlement.builder("a")
            .limit("l", 1)
            .attribute("list", List.of(1, Map.of("k", "v")))
            .build();
    List<?> list = (List<?>) grant.attributes().get("list");
    Map<?, ?> map = (Map<?, ?>) list.get(1);
    assertUnmodifiable(() -> grant.limits().put("m", 2L));
    assertUnmodifiable(() -> grant.attributes().remove("list"));
    assertUnmodifiable(() -> list.remove(0));
    assertUnmodifiable(map::clear);
  }

  private static void assertUnmodifiable(Runnable change) {
    assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void grantsAreEqualIfAllOfThemIs() {
    assertThat(full().build()).isEqualTo(full().build()).hasSameHashCodeAs(full().build());
    assertThat(full().build())
        .isNotEqualTo(full().validFrom(null).build())
        .isNotEqualTo(full().validUntil(null).build())
        .isNotEqualTo(full().limit("streams", 5).build())
        .isNotEqualTo(full().limit("other", 5).build())
        .isNotEqualTo(full().attribute("region", "EU").build())
        .isNotEqualTo(Entitlement.of("premium"))
        .isNotEqualTo(Entitlement.of("basic"))
        .isNotEqualTo(null)
        .isNotEqualTo("premium");
    assertThat(Entitlement.of("a")).isNotEqualTo(Entitlement.of("b"));
  }

  @Test
  void theOrderOfLimitsDoesNotCount() {
    assertThat(Entitlement.builder("a").limit("x", 1).limit("y", 2).build())
        .isEqualTo(Entitlement.builder("a").limit("y", 2).limit("x", 1).build());
  }

  @Test
  void itsTextNamesWhatAReaderOfALogWants() {
    assertThat(full().build())
        .hasToString("premium from 2026-11-01T00:00:00Z until 2026-12-01T00:00:00Z {streams=4}");
    assertThat(Entitlement.of("basic")).hasToString("basic");
  }

  private static Entitlement.Builder full() {
    return Entitlement.builder("premium")
        .validFrom(FROM)
        .validUntil(UNTIL)
        .limit("streams", 4)
        .attribute("region", "US");
  }
}
