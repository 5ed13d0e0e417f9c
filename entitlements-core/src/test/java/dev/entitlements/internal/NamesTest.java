package dev.entitlements.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P5")
class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "u",
        "u-42",
        "auth0|abc",
        "a b",
        " a",
        "a/b?c#d%",
        "ünïcödé",
        "日本",
        "\ud83d\ude00"
      })
  void anIdOfAnyScriptIsAllowedAsItIs(String id) {
    assertThat(Names.requireUserId(id)).isSameAs(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u00a0", "\u2003", "\u3000 \u2028"})
  void aBlankIdIsRefusedWhateverItIsBlankWith(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.requireId("thing", id))
        .withMessage("thing is blank");
  }

  @Test
  void aControlCharacterIsRefusedWithItsPlace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.requireId("thing", "ab\u0007"))
        .withMessage("thing has a control character (U+0007) at 2");
    assertThatIllegalArgumentException().isThrownBy(() -> Names.requireId("thing", "a\u007f"));
    assertThatIllegalArgumentException().isThrownBy(() -> Names.requireId("thing", "a\u009f"));
  }

  @ParameterizedTest
  @CsvSource({"0, '\\ud83d'", "1, 'a\\ud83d'", "1, 'a\\ude00b'", "0, '\\ud83da'", "2, 'aa\\ud83d'"})
  void anUnpairedSurrogateIsRefusedWithItsPlace(int place, String escaped) {
    String id = escaped.replace("\\ud83d", "\ud83d").replace("\\ude00", "\ude00");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.requireId("thing", id))
        .withMessageContaining("unpaired surrogate at " + place);
  }

  @Test
  void lengthIsMeasuredInBytesOfUtf8() {
    assertThat(Names.requireId("thing", "x".repeat(256))).hasSize(256);
    assertThat(Names.requireId("thing", "é".repeat(128))).hasSize(128);
    assertThat(Names.requireId("thing", "\ud83d\ude00".repeat(64))).hasSize(128);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.requireId("thing", "é".repeat(128) + "x"))
        .withMessage("thing is 257 bytes of UTF-8; at most 256 are allowed");
  }

  @Test
  void nullIsRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> Names.requireUserId(null))
        .withMessage("user id is null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://cache.cell-1.example.com",
        "HTTPS://cache.cell-1.example.com/",
        "http://localhost:8080",
        "http://127.0.0.1:1",
        "http://[::1]:65535"
      })
  void anEndpointIsASchemeAHostAndPerhapsAPort(String endpoint) {
    assertThatCode(() -> Names.requireEndpoint(URI.create(endpoint))).doesNotThrowAnyException();
  }

  @Test
  @Tag("P8")
  void dataOfTheSameUserPassesAndOfAnotherIsRefused() {
    assertThatCode(() -> Names.requireSameUser("u-1", "u-1")).doesNotThrowAnyException();
    EntitlementsException error =
        catchThrowableOfType(
            EntitlementsException.class, () -> Names.requireSameUser("u-1", "u-2"));
    assertThat(error.kind()).isEqualTo(ErrorKind.FOREIGN_USER);
    assertThat(error.userId()).contains("u-1");
  }
}
