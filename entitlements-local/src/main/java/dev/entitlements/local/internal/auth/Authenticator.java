package dev.entitlements.local.internal.auth;

import dev.entitlements.local.internal.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Says who a credential belongs to. */
public final class Authenticator {
  private final byte[] apiKey;
  private final TokenSigner signer;
  private final TokenLife life;

  public Authenticator(String apiKey, TokenSigner signer, TokenLife life) {
    this.apiKey = apiKey.getBytes(StandardCharsets.UTF_8);
    this.signer = signer;
    this.life = life;
  }

  /**
   * Finds the owner of a credential.
   *
   * @param credential the bare API key, or the bare inner key of a disposable token
   * @throws Refusal UNAUTHENTICATED when it is missing, unknown, forged or expired
   */
  public Principal authenticate(@Nullable String credential) {
    if (credential == null || credential.isEmpty()) {
      throw Refusal.unauthenticated("No credential: send the API key or a token in authorization");
    }
    if (MessageDigest.isEqual(apiKey, credential.getBytes(StandardCharsets.UTF_8))) {
      return new Principal.Owner();
    }
    TokenClaims claims =
        signer
            .verify(credential)
            .orElseThrow(() -> Refusal.unauthenticated("Invalid API key or token"));
    if (life.isOver(claims)) {
      throw expired();
    }
    return new Principal.Bearer(claims, PermissionReader.read(claims.permissions()));
  }

  /** What the bearer of a token that has run out is told. */
  public static Refusal expired() {
    return Refusal.unauthenticated("The token has expired");
  }
}
