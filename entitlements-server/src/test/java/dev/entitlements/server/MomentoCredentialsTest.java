package dev.entitlements.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.AuthTokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import momento.sdk.auth.CredentialProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("P8")
class MomentoCredentialsTest {
  private static final String CELL = "cell-1-us-east-1-1.prod.a.momentohq.com";
  private static final String BARE =
      jwt("{\"t\":\"g\",\"id\":\"a-key-of-some-account\",\"jti\":\"00000000-0000-0000\"}");

  @Test
  void keyWithItsEndpointInsideNeedsNoOther() {
    CredentialProvider credentials =
        MomentoCredentials.fromEnvironment(
            Map.of("MOMENTO_API_KEY", AuthTokens.encode(CELL, "inner-key")));

    assertThat(credentials.getAuthToken()).isEqualTo("inner-key");
    assertThat(credentials.getCacheEndpoint()).isEqualTo("cache." + CELL);
    assertThat(credentials.getTokenEndpoint()).isEqualTo("token." + CELL);
    assertThat(credentials.getControlEndpoint()).isEqualTo("control." + CELL);
    assertThat(credentials.getStorageEndpoint()).isEqualTo("storage." + CELL);
    assertThat(credentials.getPort()).isEqualTo(443);
    assertThat(credentials.isEndpointSecure()).isTrue();
  }

  @Test
  void bareKeyTakesTheCellBesideIt() {
    CredentialProvider credentials =
        MomentoCredentials.fromEnvironment(
            Map.of("MOMENTO_API_KEY", BARE, "MOMENTO_ENDPOINT", CELL));

    assertThat(credentials.getAuthToken()).isEqualTo(BARE);
    assertThat(credentials.getCacheEndpoint()).isEqualTo("cache." + CELL);
  }

  @Test
  void endpointMayBeAUriAndOverrulesTheOneInside() {
    CredentialProvider credentials =
        MomentoCredentials.fromEnvironment(
            Map.of(
                "MOMENTO_API_KEY",
                AuthTokens.encode(CELL, "inner-key"),
                "MOMENTO_ENDPOINT",
                "http://127.0.0.1:18080"));

    assertThat(credentials.getAuthToken()).isEqualTo("inner-key");
    assertThat(credentials.getCacheEndpoint()).isEqualTo("127.0.0.1");
    assertThat(credentials.getTokenEndpoint()).isEqualTo("127.0.0.1");
    assertThat(credentials.getControlEndpoint()).isEqualTo("127.0.0.1");
    assertThat(credentials.getPort()).isEqualTo(18080);
    assertThat(credentials.isEndpointSecure()).isFalse();
  }

  @Test
  void oldestKeysNameTheirEndpointsAsClaims() {
    String legacy = jwt("{\"sub\":\"someone\",\"cp\":\"control.old\",\"c\":\"cache.old\"}");

    CredentialProvider credentials =
        MomentoCredentials.fromEnvironment(Map.of("MOMENTO_API_KEY", legacy));

    assertThat(credentials.getCacheEndpoint()).isEqualTo("cache.old");
  }

  @Test
  void bareKeyWithoutAnEndpointSaysWhatIsMissing() {
    assertThatError(() -> MomentoCredentials.fromEnvironment(Map.of("MOMENTO_API_KEY", BARE)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining("MOMENTO_ENDPOINT is required");
  }

  @Test
  void missingKeySaysWhatToSet() {
    assertThatError(() -> MomentoCredentials.fromEnvironment(Map.of("MOMENTO_API_KEY", " ")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED))
        .hasMessageContaining("MOMENTO_API_KEY is not set");
  }

  @Test
  void aKeyThatWasNotCopiedWholeIsToldFromOneWithoutAnEndpoint() {
    String whole = AuthTokens.encode(CELL, "inner-key");
    String half = whole.substring(0, whole.length() / 2);

    assertThatError(() -> MomentoCredentials.fromEnvironment(Map.of("MOMENTO_API_KEY", half)))
        .hasMessageContaining("was not copied whole")
        .hasMessageNotContaining(half);
  }

  @Test
  void cellMayHaveItsHostsPrefixAndSpaceAround() {
    for (String endpoint : new String[] {CELL, " " + CELL + "\n", "cache." + CELL}) {
      assertThat(MomentoCredentials.of(BARE, endpoint).getCacheEndpoint())
          .isEqualTo("cache." + CELL);
      assertThat(MomentoCredentials.of(BARE, endpoint).getTokenEndpoint())
          .isEqualTo("token." + CELL);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:18080, 'has a port, but not http://'",
    "localhost:18080, 'has a port, but not http://'",
    "https://api.cache.cell-1.prod.a.momentohq.com, HTTP API",
    "api.cache.cell-1.prod.a.momentohq.com, HTTP API",
    "ftp://cache.cell, cannot be one",
    "https://cache.cell/cache/mine, cannot be one",
    "https://, cannot be one"
  })
  void endpointThatCannotBeOneSaysWhyAndWhatToSet(String endpoint, String why) {
    assertThatError(() -> MomentoCredentials.of(BARE, endpoint))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining(why)
        .hasMessageContaining("MOMENTO_ENDPOINT")
        .hasMessageContaining("http://127.0.0.1:18080");
  }

  @Test
  void quotationMarksAreFoundInBothVariables() {
    assertThatError(
            () -> MomentoCredentials.fromEnvironment(Map.of("MOMENTO_API_KEY", "\"a-key\"")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED))
        .hasMessageContaining("MOMENTO_API_KEY is set in quotation marks");
    assertThatError(
            () ->
                MomentoCredentials.fromEnvironment(
                    Map.of("MOMENTO_API_KEY", BARE, "MOMENTO_ENDPOINT", "'" + CELL + "'")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining("MOMENTO_ENDPOINT is set in quotation marks");
  }

  @Test
  void noErrorAndNoToStringHoldsTheKey() {
    assertThatError(() -> MomentoCredentials.fromEnvironment(Map.of("MOMENTO_API_KEY", BARE)))
        .hasNoCause()
        .hasMessageNotContaining(BARE);
    // The two settings mixed up.
    assertThatError(() -> MomentoCredentials.of(CELL, BARE + " "))
        .hasNoCause()
        .hasMessageNotContaining(BARE);
    assertThatError(() -> MomentoCredentials.of("key with spaces", CELL))
        .hasMessageNotContaining("with");
    assertThat(MomentoCredentials.of(BARE, CELL).toString()).contains(CELL).doesNotContain(BARE);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, EntitlementsException>
      assertThatError(ThrowingCallable call) {
    EntitlementsException[] error = new EntitlementsException[1];
    assertThatThrownBy(call).isInstanceOfSatisfying(EntitlementsException.class, e -> error[0] = e);
    return assertThat(error[0]);
  }

  private static String jwt(String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{\"alg\":\"HS512\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2lnbmF0dXJl";
  }
}
