package dev.entitlements.momento;

import dev.entitlements.internal.AuthTokens;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a call carries: an API key's or a token's inner key. Immutable; {@link #toString}
 * leaves it out.
 */
public final class Credential {
  private final String apiKey;

  private Credential(String apiKey) {
    this.apiKey = apiKey;
  }

  /**
   * From the bare key, as it goes over the wire.
   *
   * @param apiKey the key
   * @return the credential
   * @throws IllegalArgumentException if it is blank or has characters that a header cannot carry
   */
  public static Credential ofApiKey(String apiKey) {
    return new Credential(AuthTokens.requireHeaderValue(apiKey));
  }

  /**
   * From Momento's own base64 form, which its SDKs call {@code authToken}. A key that is not of
   * that form, such as a newer one, is taken as it is.
   *
   * @param authToken the token
   * @return the credential
   * @throws IllegalArgumentException if it is blank or has characters that a header cannot carry
   */
  public static Credential ofAuthToken(String authToken) {
    return ofApiKey(AuthTokens.apiKeyOf(authToken));
  }

  String apiKey() {
    return apiKey;
  }

  String toAuthToken(String endpoint) {
    return AuthTokens.encode(endpoint, apiKey);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Credential && ((Credential) o).apiKey.equals(apiKey);
  }

  @Override
  public int hashCode() {
    return apiKey.hashCode();
  }

  @Override
  public String toString() {
    return "Credential{secret}";
  }
}
