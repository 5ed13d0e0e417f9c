package dev.entitlements.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

@Tag("P5")
class JsonValuesTest {
  @Provide
  Arbitrary<Object> values() {
    return Samples.values();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theCanonicalFormOfACanonicalFormIsItself(@ForAll("values") Object value) {
    Object canonical = JsonValues.copyOf("value", value);
    assertThat(JsonValues.copyOf("value", canonical)).isEqualTo(canonical);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theCanonicalFormHasOnlyTheTypesThatAreSaid(@ForAll("values") Object value) {
    assertCanonical(JsonValues.copyOf("value", value));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theCanonicalFormIsWhatComesBackFromJson(@ForAll("values") Object value) {
    Entitlements.Content content = Entitlements.Content.builder("u").attribute("a", value).build();
    Entitlements back = Entitlements.fromJson(Entitlements.of(content, 1, Instant.EPOCH).toJson());
    assertThat(back.attributes().get("a")).isEqualTo(JsonValues.copyOf("value", value));
  }

  @Example
  void aWholeNumberThatFitsIsALongOfWhateverTypeItWas() {
    for (Object number : Arrays.<Object>asList((byte) 7, (short) 7, 7, 7L, BigInteger.valueOf(7))) {
      assertThat(JsonValues.copyOf("n", number)).isEqualTo(7L);
    }
    BigInteger max = BigInteger.valueOf(Long.MAX_VALUE);
    assertThat(JsonValues.copyOf("n", max)).isEqualTo(Long.MAX_VALUE);
    assertThat(JsonValues.copyOf("n", max.add(BigInteger.ONE))).isEqualTo(0x1p63);
    assertThat(JsonValues.copyOf("n", BigInteger.valueOf(Long.MIN_VALUE)))
        .isEqualTo(Long.MIN_VALUE);
  }

  @Example
  void anyOtherNumberIsADouble() {
    assertThat(JsonValues.copyOf("n", 0.5f)).isEqualTo(0.5);
    assertThat(JsonValues.copyOf("n", 2.0)).isEqualTo(2.0);
    assertThat(JsonValues.copyOf("n", new BigDecimal("2.5"))).isEqualTo(2.5);
  }

  @Example
  void aNullInAMapIsAbsentAndANullInAListStays() {
    Map<String, Object> map = new HashMap<>();
    map.put("a", null);
    map.put("b", Arrays.asList(1, null));
    assertThat(JsonValues.copyOf("m", map)).isEqualTo(Map.of("b", Arrays.asList(1L, null)));
  }

  @Example
  void copiesAreTakenAtEveryDepthAndCannotBeModified() {
    Map<String, Object> inner = new HashMap<>(Map.of("a", 1));
    Map<String, Object> copy = JsonValues.copyOf(Map.of("inner", inner));
    inner.put("b", 2);
    assertThat(copy).isEqualTo(Map.of("inner", Map.of("a", 1L)));
    assertThatThrownBy(copy::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(((Map<?, ?>) copy.get("inner"))::clear)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Example
  void depthIsBoundedSoThatNoValueOverflowsTheStack() {
    assertThat(JsonValues.copyOf("v", nested(JsonValues.MAX_DEPTH))).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonValues.copyOf("v", nested(JsonValues.MAX_DEPTH + 1)))
        .withMessageContaining("nested deeper than 16");
    assertThatIllegalArgumentException().isThrownBy(() -> JsonValues.copyOf("v", nested(100_000)));
  }

  /** Whatever may be put into a document can also be taken out of it. */
  @Example
  void theDeepestValueThatIsAllowedCanBeReadBack() {
    Entitlements deepest =
        Entitlements.of(
            Entitlements.Content.of(
                "u", Entitlement.builder("a").attribute("v", nested(JsonValues.MAX_DEPTH)).build()),
            1,
            Instant.EPOCH);
    assertThat(Entitlements.fromJson(deepest.toJson())).isEqualTo(deepest);
  }

  @Example
  void theLongestTextAndNameThatAreAllowedCanBeReadBack() {
    String text = "é".repeat(1024 * 1024);
    String name = "é".repeat(1024);
    Entitlements longest =
        Entitlements.of(
            Entitlements.Content.builder("u").attribute("v", Map.of(name, text)).build(),
            1,
            Instant.EPOCH);
    assertThat(Entitlements.fromJson(longest.toJson()).attributes())
        .isEqualTo(longest.attributes());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonValues.copyOf("v", List.of(text + "x")))
        .withMessage("v[0] is 1048577 characters long; at most 1048576 are allowed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonValues.copyOf("v", Map.of(name + "x", 1)))
        .withMessage("v has a name that is 1025 characters long; at most 1024 are allowed");
  }

  @Example
  void textThatUtf8CannotCarryIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonValues.copyOf("v", "ab\ud83d"))
        .withMessage("v has an unpaired surrogate at 2, which UTF-8 cannot carry");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonValues.copyOf("v", Map.of("\udc00", 1)))
        .withMessage("v has a name with an unpaired surrogate at 0, which UTF-8 cannot carry");
    assertThat(JsonValues.copyOf("v", "\ud83d\ude00")).isEqualTo("\ud83d\ude00");
  }

  private static void assertCanonical(Object value) {
    if (value instanceof List<?> list) {
      list.forEach(
          element -> {
            if (element != null) {
              assertCanonical(element);
            }
          });
    } else if (value instanceof Map<?, ?> map) {
      assertThat(map.keySet()).allMatch(String.class::isInstance);
      map.values().forEach(JsonValuesTest::assertCanonical);
    } else {
      assertThat(value).isInstanceOfAny(String.class, Boolean.class, Long.class, Double.class);
    }
  }

  private static Object nested(int depth) {
    Object value = "leaf";
    for (int i = 0; i < depth; i++) {
      value = Collections.singletonList(value);
    }
    return value;
  }
}
