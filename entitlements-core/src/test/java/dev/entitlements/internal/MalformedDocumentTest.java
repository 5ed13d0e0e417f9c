package dev.entitlements.internal;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each document has one thing wrong with it, and the error says which. */
@Tag("P5")
class MalformedDocumentTest {
  private static final String TO_THE_POWER = "1" + "0".repeat(40);

  static Stream<Arguments> snapshots() {
    return Stream.of(
        // What it is at all.
        whole("", "snapshot is not a JSON object"),
        whole("   ", "snapshot is not a JSON object"),
        whole("null", "snapshot is not a JSON object"),
        whole("true", "snapshot is not a JSON object"),
        whole("42", "snapshot is not a JSON object"),
        whole("\"text\"", "snapshot is not a JSON object"),
        whole("[" + Samples.GOLDEN_JSON + "]", "snapshot is not a JSON object"),
        whole("{", "snapshot is not valid JSON"),
        whole("<html>", "snapshot is not valid JSON"),
        whole("{'schema':1}", "snapshot is not valid JSON"),
        whole("{\"schema\":NaN}", "snapshot is not valid JSON"),
        whole("{\"schema\":01}", "snapshot is not valid JSON"),
        whole("/* */{}", "snapshot is not valid JSON"),
        whole("\uFEFF" + Samples.GOLDEN_JSON, "snapshot is not valid JSON"),
        whole(Samples.GOLDEN_JSON.substring(0, 200), "snapshot is not valid JSON"),
        whole(Samples.GOLDEN_JSON + "{}", "snapshot is not valid JSON"),
        whole(Samples.GOLDEN_JSON + " x", "snapshot is not valid JSON"),
        whole(Samples.GOLDEN_JSON + "]", "snapshot is not valid JSON"),
        // Bounds.
        with("\"US\"", "[".repeat(60) + "]".repeat(60), "snapshot is not valid JSON within bounds"),
        with("\"US\"", "[".repeat(100_000), "snapshot is not valid JSON within bounds"),
        with("\"US\"", "{\"a\":".repeat(100_000), "snapshot is not valid JSON within bounds"),
        with("\"US\"", "[".repeat(18) + "]".repeat(18), "region"),
        with("\"gold\"", "\"" + "x".repeat(1024 * 1024 + 1) + "\"", "within bounds"),
        with("\"tier\"", "\"" + "x".repeat(1025) + "\"", "within bounds"),
        with("\"gold\"", "1".repeat(65), "within bounds"),
        with("{\"tier\":\"gold\"}", "{}" + " ".repeat(5 * 1024 * 1024), "5242880"),
        // Twice.
        with("\"schema\":1,", "\"schema\":1,\"schema\":1,", "snapshot is not valid JSON"),
        with("\"streams\":4,", "\"streams\":4,\"streams\":5,", "snapshot is not valid JSON"),
        with("\"revision\"", "\"userId\":\"u-43\",\"revision\"", "snapshot is not valid JSON"),
        with("[{\"id\":\"premium\",", "[{\"id\":\"premium\"},{\"id\":\"premium\",", "'premium'"),
        // Schema.
        with("\"schema\":1,", "", "snapshot.schema is missing"),
        with("\"schema\":1", "\"schema\":null", "snapshot.schema is missing"),
        with("\"schema\":1", "\"schema\":\"1\"", "snapshot.schema is not a whole number"),
        with("\"schema\":1", "\"schema\":1.0", "snapshot.schema is not a whole number"),
        with("\"schema\":1", "\"schema\":true", "snapshot.schema is not a whole number"),
        // User.
        with("\"userId\":\"u-42\",", "", "snapshot.userId is missing"),
        with("\"u-42\"", "null", "snapshot.userId is missing"),
        with("\"u-42\"", "42", "snapshot.userId is not a string"),
        with("\"u-42\"", "[\"u-42\"]", "snapshot.userId is not a string"),
        with("\"u-42\"", "\"\"", "snapshot: user id is blank"),
        with("\"u-42\"", "\" \\t \"", "snapshot: user id is blank"),
        with("\"u-42\"", "\"\u3000\u00a0\"", "snapshot: user id is blank"),
        with("\"u-42\"", "\"u\\u0000\"", "snapshot: user id has a control character (U+0000)"),
        with("\"u-42\"", "\"u\\n\"", "snapshot: user id has a control character (U+000A)"),
        with("\"u-42\"", "\"u\\ud83d\"", "snapshot: user id has an unpaired surrogate at 1"),
        with("\"u-42\"", "\"\\ude00u\"", "snapshot: user id has an unpaired surrogate at 0"),
        with("\"u-42\"", "\"" + "x".repeat(257) + "\"", "snapshot: user id is 257 bytes"),
        with("\"u-42\"", "\"" + "é".repeat(129) + "\"", "snapshot: user id is 258 bytes"),
        // Revision.
        with("\"revision\":1764000000123,", "", "snapshot.revision is missing"),
        with("1764000000123", "\"1764000000123\"", "snapshot.revision is not a whole number"),
        with("1764000000123", "1764000000123.0", "snapshot.revision is not a whole number"),
        with("1764000000123", "1e3", "snapshot.revision is not a whole number"),
        with("1764000000123", "9223372036854775808", "snapshot.revision is not a whole number"),
        with("1764000000123", TO_THE_POWER, "snapshot.revision is not a whole number"),
        with("1764000000123", "0", "revision is 0"),
        with("1764000000123", "-1", "revision is -1"),
        // Instants.
        with("\"2026-11-24T03:00:00.123Z\"", "null", "snapshot.publishedAt is missing"),
        with("\"2026-11-24T03:00:00.123Z\"", "1764000000123", "snapshot.publishedAt is not a str"),
        with("2026-11-24T03:00:00.123Z", "2026-11-24", "snapshot.publishedAt is not an instant"),
        with("2026-11-24T03:00:00.123Z", "2026-13-24T00:00:00Z", "snapshot.publishedAt is not an"),
        with("2026-11-24T03:00:00.123Z", "+1000000001-01-01T00:00:00Z", "snapshot.publishedAt is"),
        with("2026-11-24T03:00:00.123Z", "", "snapshot.publishedAt is not an instant"),
        with("\"2026-11-01T00:00:00Z\"", "1764", "snapshot.entitlements[0].validFrom is not a str"),
        with("2026-12-01T00:00:00Z", "soon", "snapshot.entitlements[0].validUntil is not an inst"),
        with("2026-12-01T00:00:00Z", "2026-11-01T00:00:00Z", "snapshot.entitlements[0]: entitleme"),
        with("2026-12-01T00:00:00Z", "2026-10-01T00:00:00Z", "is not before validUntil"),
        // Grants.
        with("\"entitlements\":[", "\"entitlement\":[", "snapshot.entitlements is missing"),
        with(grants(), "null", "snapshot.entitlements is missing"),
        with(grants(), "{}", "snapshot.entitlements is not an array"),
        with(grants(), "\"premium\"", "snapshot.entitlements is not an array"),
        with(grants(), "[\"premium\"]", "snapshot.entitlements[0] is not a JSON object"),
        with(grants(), "[{\"id\":\"a\"},null]", "snapshot.entitlements[1] is not a JSON object"),
        with(grants(), "[{}]", "snapshot.entitlements[0].id is missing"),
        with(grants(), "[{\"id\":7}]", "snapshot.entitlements[0].id is not a string"),
        with(grants(), "[{\"id\":\" \"}]", "snapshot.entitlements[0]: entitlement id is blank"),
        with(
            grants(), "[{\"id\":\"\\u007f\"}]", "snapshot.entitlements[0]: entitlement id has a c"),
        // Limits.
        with(
            "{\"streams\":4,\"maxHeight\":2160}", "[4]", "entitlements[0].limits is not a JSON ob"),
        with("2160", "2160.5", "snapshot.entitlements[0].limits.maxHeight is not a whole number"),
        with("2160", "2160.0", "snapshot.entitlements[0].limits.maxHeight is not a whole number"),
        with("2160", "\"2160\"", "snapshot.entitlements[0].limits.maxHeight is not a whole num"),
        with("2160", "null", "snapshot.entitlements[0].limits.maxHeight is missing"),
        with("2160", "9223372036854775808", "limits.maxHeight is not a whole number"),
        with("\"streams\"", "\"\"", "snapshot.entitlements[0]: limit name is blank"),
        // Attributes.
        with("{\"tier\":\"gold\"}", "[]", "snapshot.attributes is not a JSON object"),
        with("{\"tier\":\"gold\"}", "\"gold\"", "snapshot.attributes is not a JSON object"),
        with("\"tier\"", "\"\"", "snapshot: attribute name is blank"),
        with("\"tier\"", "\"a\\u0001\"", "snapshot: attribute name has a control character"),
        with("\"gold\"", "1e400", "snapshot: attribute 'tier'"),
        with("\"gold\"", "\"\\ud83d\"", "snapshot: attribute 'tier' has an unpaired surrogate"),
        with("\"gold\"", "[1,{\"a\":\"\\udc00\"}]", "attribute 'tier'[1].a has an unpaired surr"),
        with("\"gold\"", "{\"\\ud83d\":1}", "snapshot: attribute 'tier' has a name with an unpai"),
        with("{\"region\":\"US\"}", "7", "snapshot.entitlements[0].attributes is not a JSON obj"));
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void aMalformedSnapshotIsRefusedAndTheErrorNamesTheField(String json, String named) {
    assertMalformed(() -> Entitlements.fromJson(json), named);
    String inItem = named.replaceFirst("^snapshot", "cache item");
    assertMalformed(() -> EntitlementsCodec.decodeItem("u-42", json.getBytes(UTF_8)), inItem);
    String inMessage = named.replaceFirst("^snapshot", "topic message");
    assertMalformed(() -> EntitlementsCodec.decodeMessage("u-42", json.getBytes(UTF_8)), inMessage);
  }

  static Stream<Arguments> notices() {
    return Stream.of(
        arguments(notice("\"revision\":1764000000123,", ""), "topic message.revision is missing"),
        arguments(notice("1764000000123", "0"), "revision is 0"),
        arguments(notice("1764000000123", "-9223372036854775808"), "revision is -9223372036854775"),
        arguments(notice("1764000000123", "1.5"), "topic message.revision is not a whole number"),
        arguments(notice("\"u-42\"", "{}"), "topic message.userId is not a string"),
        arguments(notice("\"u-42\"", "\" \""), "topic message: user id is blank"),
        arguments(notice("u-42", "x".repeat(300)), "topic message: user id is 300 bytes"),
        // Not a notice, so it has to be a whole snapshot.
        arguments(notice("true", "false"), "topic message.entitlements is missing"),
        arguments(notice("true", "\"true\""), "topic message.entitlements is missing"),
        arguments(notice("true", "1"), "topic message.entitlements is missing"));
  }

  @ParameterizedTest
  @MethodSource("notices")
  void aMalformedNoticeIsRefusedAndTheErrorNamesTheField(String json, String named) {
    assertMalformed(() -> EntitlementsCodec.decodeMessage("u-42", json.getBytes(UTF_8)), named);
  }

  @Test
  void aNoticeIsNoCacheItem() {
    assertMalformed(
        () -> EntitlementsCodec.decodeItem("u-42", Samples.GOLDEN_NOTICE.getBytes(UTF_8)),
        "cache item.entitlements is missing");
  }

  static Stream<Arguments> sessions() {
    return Stream.of(
        arguments("", "session token is not a JSON object"),
        arguments("[]", "session token is not a JSON object"),
        arguments(Samples.GOLDEN_SESSION + ",", "session token is not valid JSON"),
        arguments(session("\"token\"", "\"authToken\""), "session token.token is missing"),
        arguments(session("\"" + Samples.SECRET, "\"" + Samples.SECRET + "\\n"), "token"),
        arguments(session("\"" + Samples.SECRET + "\"", "\"\""), "token is blank"),
        arguments(session("\"" + Samples.SECRET + "\"", "17"), "session token.token is not a str"),
        arguments(session("https://cache.", "ftp://cache."), "session token: endpoint"),
        arguments(session("https://cache.", "https://user:pw@cache."), "session token: endpoint"),
        arguments(session("https://cache.", "cache."), "session token: endpoint"),
        arguments(session("example.com", "example.com/path"), "session token: endpoint"),
        arguments(session("example.com", "example.com?q=1"), "session token: endpoint"),
        arguments(session("example.com", "example.com#f"), "session token: endpoint"),
        arguments(session("example.com", "example.com:0"), "session token: endpoint"),
        arguments(session("example.com", "example.com:65536"), "session token: endpoint"),
        arguments(session("example.com", "exa mple.com"), "session token: endpoint is not a URI"),
        arguments(session("cell-1", "ce_ll"), "session token: endpoint"),
        arguments(
            session("\"https://cache.cell-1.example.com\"", "1"), "session token.endpoint is"),
        arguments(session("\"entitlements\",", "\" \","), "session token: cache name is blank"),
        arguments(session("\"entitlements\",", "\"café\","), "session token: cache name has"),
        arguments(session("\"cacheName\"", "\"cache\""), "session token.cacheName is missing"),
        arguments(session("\"userId\":\"u-42\",\"exp", "\"exp"), "session token.userId is missing"),
        arguments(
            session("2026-11-24T04:00:00Z", "later"), "session token.expiresAt is not an ins"),
        arguments(
            session("\"2026-11-24T04:00:00Z\"", "1764"), "session token.expiresAt is not a s"),
        arguments(session("\"serverTime\"", "\"time\""), "session token.serverTime is missing"),
        arguments(session("prod/u-42", ""), "session token: key is blank"),
        arguments(
            session("prod/u-42", "prod\\u0000"), "session token: key has a control character"),
        arguments(session("prod/u-42", "\\ud83d"), "session token: key has an unpaired surrogate"),
        arguments(session("prod/u-42", "k".repeat(2000)), "session token: key is 2000 bytes"),
        arguments(session("\"prod/u-42\"", "5"), "session token.key is not a string"),
        arguments(
            session(Samples.GOLDEN_JSON, "[]"), "session token.snapshot is not a JSON object"),
        arguments(session(Samples.GOLDEN_JSON, "{}"), "session token.snapshot.schema is missing"),
        arguments(
            session("\"id\":\"premium\"", "\"id\":\"\""),
            "session token.snapshot.entitlements[0]: entitlement id is blank"),
        arguments(
            session("2160", "null"), "session token.snapshot.entitlements[0].limits.maxHeight"));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  @Tag("P8")
  void aMalformedSessionIsRefusedAndTheErrorNamesTheFieldAndNotTheSecret(
      String json, String named) {
    assertMalformed(() -> SessionToken.fromJson(json), named);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    String golden = Samples.GOLDEN_JSON;
    assertMalformed(() -> item(golden.getBytes(UTF_16)), "cache item is not valid UTF-8");
    // A byte that UTF-8 never has, a sequence that is cut off, one that is longer than need be, and
    // half of a surrogate pair.
    assertMalformed(() -> item(golden, 0xFF), "cache item is not valid UTF-8");
    assertMalformed(() -> item(golden, 0xE2, 0x82), "cache item is not valid UTF-8");
    assertMalformed(() -> item(golden, 0xC0, 0xAF), "cache item is not valid UTF-8");
    assertMalformed(() -> item(golden, 0xED, 0xA0, 0x80), "cache item is not valid UTF-8");
    // What a parser that guesses the encoding takes for UTF-32, with a character beyond Unicode.
    assertMalformed(
        () -> item(new byte[] {0, 0, 0, '{', 0x7F, 0, 0, 0}), "cache item is not valid");
  }

  @Test
  void textThatUtf8CannotCarryIsRefusedInsteadOfBeingChanged() {
    assertMalformed(
        () -> Entitlements.fromJson(Samples.GOLDEN_JSON.replace("gold", "go\ud83dld")),
        "snapshot is not valid");
  }

  @Test
  void aDocumentOfExactlyTheLargestSizeIsRead() {
    String padded =
        Samples.GOLDEN_JSON + " ".repeat(5 * 1024 * 1024 - Samples.GOLDEN_JSON.length());
    assertThat(Entitlements.fromJson(padded)).isEqualTo(Samples.golden());
    assertMalformed(() -> Entitlements.fromJson(padded + " "), "snapshot is 5242881 bytes");
  }

  @Test
  void theSizeIsMeasuredInBytes() {
    String wide = "é".repeat(5 * 512 * 1024);
    assertMalformed(() -> Entitlements.fromJson("{\"x\":\"" + wide + "\"}"), "5242888 bytes");
  }

  private static void assertMalformed(ThrowingCallable call, String named) {
    EntitlementsException error = catchThrowableOfType(EntitlementsException.class, call);
    assertThat(error).isNotNull();
    assertThat(error.kind()).isEqualTo(ErrorKind.MALFORMED);
    assertThat(error).hasMessageContaining(named);
    assertThat(error.getMessage().length()).as("length of the message").isLessThan(1000);
    assertThat(error.toString()).doesNotContain(Samples.SECRET);
    assertThat(error.getCause()).isNull();
  }

  private static Entitlements item(byte[] bytes) {
    return EntitlementsCodec.decodeItem("u-42", bytes);
  }

  /** The document with these bytes where its last attribute's value begins. */
  private static Entitlements item(String json, int... bytes) {
    byte[] head = json.substring(0, json.indexOf("gold")).getBytes(UTF_8);
    byte[] tail = json.substring(json.indexOf("gold")).getBytes(UTF_8);
    byte[] all = new byte[head.length + bytes.length + tail.length];
    System.arraycopy(head, 0, all, 0, head.length);
    for (int i = 0; i < bytes.length; i++) {
      all[head.length + i] = (byte) bytes[i];
    }
    System.arraycopy(tail, 0, all, head.length + bytes.length, tail.length);
    return item(all);
  }

  private static Arguments whole(String json, String named) {
    return arguments(json, named);
  }

  private static Arguments with(String part, String replacement, String named) {
    return arguments(replaced(Samples.GOLDEN_JSON, part, replacement), named);
  }

  private static String notice(String part, String replacement) {
    return replaced(Samples.GOLDEN_NOTICE, part, replacement);
  }

  private static String session(String part, String replacement) {
    return replaced(Samples.GOLDEN_SESSION, part, replacement);
  }

  private static String replaced(String json, String part, String replacement) {
    int at = json.indexOf(part);
    assertThat(at).as(part).isNotNegative();
    return json.substring(0, at) + replacement + json.substring(at + part.length());
  }

  private static String grants() {
    int from = Samples.GOLDEN_JSON.indexOf('[');
    return Samples.GOLDEN_JSON.substring(from, Samples.GOLDEN_JSON.indexOf(']') + 1);
  }
}
