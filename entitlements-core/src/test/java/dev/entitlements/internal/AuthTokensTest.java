package dev.entitlements.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.entitlements.momento.Credential;
import dev.entitlements.momento.MintedToken;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P8")
class AuthTokensTest {
  @Test
  void theExportedFormIsBase64OfEndpointAndKey() {
    String token = AuthTokens.encode("cell-1.example.com", "key");
    assertThat(new String(Base64.getDecoder().decode(token), UTF_8))
        .isEqualTo("{\"endpoint\":\"cell-1.example.com\",\"api_key\":\"key\"}");
    assertThat(AuthTokens.apiKeyOf(token)).isEqualTo("key");
    assertThat(AuthTokens.endpointOf(token)).contains("cell-1.example.com");
  }

  @Test
  void whiteSpaceAroundATokenIsTakenAway() {
    String token = AuthTokens.encode("e", "key");
    assertThat(AuthTokens.apiKeyOf(" " + token + "\n")).isEqualTo("key");
    assertThat(AuthTokens.apiKeyOf(" bare.key \n")).isEqualTo("bare.key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eyJhbGciOiJIUzI1NiJ9.eyJ0IjoiZyJ9.c2ln",
        "plain-key",
        "bm90IGpzb24=", // base64, but not of JSON
        "W10=", // base64 of []
        "e30=", // base64 of {}
        "eyJhcGlfa2V5Ijo1fQ==", // base64 of {"api_key":5}
        "eyJhcGlfa2V5IjpudWxsfQ==" // base64 of {"api_key":null}
      })
  void aKeyThatIsNotOfThatFormIsTakenAsItIs(String key) {
    assertThat(AuthTokens.apiKeyOf(key)).isEqualTo(key);
    assertThat(AuthTokens.endpointOf(key)).isEmpty();
  }

  @Test
  void anEndpointThatIsNoTextIsNone() {
    String token = base64("{\"endpoint\":5,\"api_key\":\"key\"}");
    assertThat(AuthTokens.endpointOf(token)).isEmpty();
    assertThat(AuthTokens.apiKeyOf(token)).isEqualTo("key");
    assertThat(AuthTokens.endpointOf(base64("{\"api_key\":\"key\"}"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "secret key", "secret\n", "secrét", "secret\u007f"})
  void aKeyThatNoHeaderCanCarryIsRefusedWithoutBeingQuoted(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credential.ofApiKey(key))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secr"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credential.ofAuthToken(AuthTokens.encode("e", key)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secr"));
  }

  @Test
  void aCredentialKeepsItsSecretToItself() {
    Credential credential = Credential.ofApiKey(Samples.SECRET);
    MintedToken minted = new MintedToken(credential, "cell-1.example.com", Instant.EPOCH);
    assertThat(credential.toString()).doesNotContain(Samples.SECRET);
    assertThat(minted.toString())
        .doesNotContain(Samples.SECRET)
        .contains("cell-1.example.com", "1970-01-01T00:00:00Z");
  }

  @Test
  void credentialsAreEqualIfTheirKeyIs() {
    Credential credential = Credential.ofApiKey("key");
    assertThat(credential)
        .isEqualTo(Credential.ofAuthToken(AuthTokens.encode("e", "key")))
        .hasSameHashCodeAs(Credential.ofAuthToken("key"))
        .isNotEqualTo(Credential.ofApiKey("other"))
        .isNotEqualTo("key")
        .isNotEqualTo(null);
  }

  @Test
  void aMintedTokenIsGivenOutInTheFormOfTheSdks() {
    MintedToken minted = new MintedToken(Credential.ofApiKey("key"), "cell", Instant.EPOCH);
    assertThat(minted.authToken()).isEqualTo(AuthTokens.encode("cell", "key"));
    assertThat(minted.endpoint()).isEqualTo("cell");
    assertThat(minted.expiresAt()).isEqualTo(Instant.EPOCH);
    assertThat(minted.credential()).isEqualTo(Credential.ofApiKey("key"));
  }

  private static String base64(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
  }
}
