package dev.entitlements.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents that other readers, such as a web player, rely on. */
@Tag("P5")
class WireFormatTest {
  @Test
  void aSnapshotIsWrittenAsTheGoldenDocumentByteForByte() {
    assertThat(Samples.golden().toJson()).isEqualTo(Samples.GOLDEN_JSON);
    assertThat(EntitlementsCodec.encodeUtf8(Samples.golden())).isEqualTo(utf8(Samples.GOLDEN_JSON));
  }

  @Test
  void theGoldenDocumentIsReadAsTheSnapshot() {
    assertThat(Entitlements.fromJson(Samples.GOLDEN_JSON)).isEqualTo(Samples.golden());
  }

  @Test
  void aNoticeIsWrittenAsTheGoldenNotice() {
    assertThat(EntitlementsCodec.encodeNotice("u-42", 1764000000123L))
        .isEqualTo(Samples.GOLDEN_NOTICE);
  }

  @Test
  void aNoticeCarriesTheRevisionAndNoSnapshot() {
    TopicMessage notice = EntitlementsCodec.decodeMessage("u-42", utf8(Samples.GOLDEN_NOTICE));
    assertThat(notice.revision()).isEqualTo(1764000000123L);
    assertThat(notice.userId()).isEqualTo("u-42");
    assertThat(notice.snapshot()).isEmpty();
  }

  @Test
  @Tag("P7")
  void aRenewedItemIsTheSameSnapshotWithWhateverElseItHasInOtherBytes() {
    String newer = Samples.GOLDEN_JSON.replaceFirst("\\{", "{\"later\":[1,2.5],");
    byte[] once = EntitlementsCodec.renewed(utf8(newer));
    byte[] twice = EntitlementsCodec.renewed(once);
    assertThat(new String(once, StandardCharsets.UTF_8))
        .isEqualTo(newer.substring(0, newer.length() - 1) + ",\"renewals\":1}");
    assertThat(new String(twice, StandardCharsets.UTF_8)).endsWith(",\"renewals\":2}");
    assertThat(EntitlementsCodec.decodeItem("u-42", twice)).isEqualTo(Samples.golden());
    assertThat(EntitlementsCodec.isRenewed(utf8(newer))).isFalse();
    assertThat(EntitlementsCodec.isRenewed(once)).isTrue();
  }

  @Test
  void aCountOfRenewalsThatIsNoneBeginsAnew() {
    String odd = Samples.GOLDEN_JSON.replaceFirst("\\{", "{\"renewals\":{},");
    assertThat(new String(EntitlementsCodec.renewed(utf8(odd)), StandardCharsets.UTF_8))
        .contains("\"renewals\":1");
  }

  @Test
  void aSessionIsWrittenAsTheGoldenSession() {
    assertThat(Samples.goldenSession().toJson()).isEqualTo(Samples.GOLDEN_SESSION);
    assertThat(SessionToken.fromJson(Samples.GOLDEN_SESSION)).isEqualTo(Samples.goldenSession());
  }

  @Test
  void theKeyIsLeftOutOfASessionWhereItIsTheUserId() {
    SessionToken session = SessionToken.fromJson(without(",\"key\":\"prod/u-42\""));
    assertThat(session.key()).isEqualTo("u-42");
    assertThat(session.toJson()).doesNotContain("\"key\"");
  }

  @Test
  void aBareGrantIsWrittenAsItsIdAlone() {
    Entitlements bare =
        Entitlements.of(
            Entitlements.Content.of("u", Entitlement.of("a")), 1, Instant.ofEpochSecond(0));
    assertThat(bare.toJson())
        .isEqualTo(
            "{\"schema\":1,\"userId\":\"u\",\"revision\":1,"
                + "\"publishedAt\":\"1970-01-01T00:00:00Z\",\"entitlements\":[{\"id\":\"a\"}]}");
  }

  /** Explicit, so that no reader has to guess whether the list was forgotten. */
  @Test
  void aUserWithoutGrantsIsWrittenWithAnEmptyList() {
    Entitlements none = Entitlements.of(Entitlements.Content.of("u"), 1, Instant.ofEpochSecond(0));
    assertThat(none.toJson()).endsWith("\"entitlements\":[]}");
    assertThat(Entitlements.fromJson(none.toJson())).isEqualTo(none);
  }

  @Test
  void unknownFieldsAreIgnoredAtEveryLevel() {
    String unknown = "\"later\":{\"deep\":[1,{\"x\":null}]},\"later2\":null,";
    String json =
        Samples.GOLDEN_SESSION
            .replace("{\"token\"", "{" + unknown + "\"token\"")
            .replace("{\"schema\"", "{" + unknown + "\"schema\"")
            .replace("{\"id\"", "{" + unknown + "\"id\"");
    assertThat(json.split("later2", -1)).hasSize(4);
    assertThat(SessionToken.fromJson(json)).isEqualTo(Samples.goldenSession());
    String notice = Samples.GOLDEN_NOTICE.replace("{\"schema\"", "{" + unknown + "\"schema\"");
    assertThat(EntitlementsCodec.decodeMessage("u-42", utf8(notice)).revision())
        .isEqualTo(1764000000123L);
  }

  @Test
  void anOptionalFieldThatIsNullCountsAsAbsent() {
    Entitlements snapshot =
        Entitlements.fromJson(
            "{\"schema\":1,\"userId\":\"u\",\"revision\":1,\"publishedAt\":\"1970-01-01T00:00:00Z\","
                + "\"entitlements\":[{\"id\":\"a\",\"validFrom\":null,\"validUntil\":null,"
                + "\"limits\":null,\"attributes\":{\"x\":null}}],\"attributes\":null}");
    assertThat(snapshot.entitlement("a")).contains(Entitlement.of("a"));
    assertThat(snapshot.attributes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schema\":2}",
        "{\"schema\":0}",
        "{\"schema\":-1}",
        "{\"schema\":9223372036854775807,\"userId\":[],\"revision\":\"later\"}",
        "{\"userId\":{\"tenant\":1},\"entitlements\":\"all\",\"schema\":2}",
        "{\"schema\":2,\"notice\":true,\"userId\":7}",
        "{\"schema\":2,\"userId\":\"somebody-else\",\"revision\":1}"
      })
  void anUnknownSchemaIsRefusedAsSuchWhateverTheRestLooksLike(String json) {
    assertThat(errorOf(() -> Entitlements.fromJson(json))).isEqualTo(ErrorKind.UNKNOWN_SCHEMA);
    assertThat(errorOf(() -> EntitlementsCodec.decodeItem("u-42", utf8(json))))
        .isEqualTo(ErrorKind.UNKNOWN_SCHEMA);
    assertThat(errorOf(() -> EntitlementsCodec.decodeMessage("u-42", utf8(json))))
        .isEqualTo(ErrorKind.UNKNOWN_SCHEMA);
    String session = Samples.GOLDEN_SESSION.replace(Samples.GOLDEN_JSON, json);
    assertThat(errorOf(() -> SessionToken.fromJson(session))).isEqualTo(ErrorKind.UNKNOWN_SCHEMA);
  }

  @Test
  void dataOfAnotherUserIsRefusedAndSaysWhoseItWas() {
    EntitlementsException item =
        catchThrowableOfType(
            EntitlementsException.class,
            () -> EntitlementsCodec.decodeItem("u-1", utf8(Samples.GOLDEN_JSON)));
    assertThat(item.kind()).isEqualTo(ErrorKind.FOREIGN_USER);
    assertThat(item).hasMessageContaining("'u-42'").hasMessageContaining("'u-1'");
    assertThat(item.userId()).contains("u-1");
    assertThat(errorOf(() -> EntitlementsCodec.decodeMessage("u-1", utf8(Samples.GOLDEN_JSON))))
        .isEqualTo(ErrorKind.FOREIGN_USER);
    assertThat(errorOf(() -> EntitlementsCodec.decodeMessage("u-1", utf8(Samples.GOLDEN_NOTICE))))
        .isEqualTo(ErrorKind.FOREIGN_USER);
    String session = Samples.GOLDEN_SESSION.replaceFirst("\"u-42\"", "\"u-1\"");
    assertThat(errorOf(() -> SessionToken.fromJson(session))).isEqualTo(ErrorKind.FOREIGN_USER);
  }

  private static ErrorKind errorOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    EntitlementsException error = catchThrowableOfType(EntitlementsException.class, call);
    assertThat(error).isNotNull();
    return error.kind();
  }

  private static String without(String text) {
    assertThat(Samples.GOLDEN_SESSION).contains(text);
    return Samples.GOLDEN_SESSION.replace(text, "");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
