package dev.entitlements.internal;

import dev.entitlements.EntitlementsException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Momento's exported form of a key: base64 of {@code {"endpoint":…,"api_key":…}}. */
public final class AuthTokens {
  private AuthTokens() {}

  public static String encode(String endpoint, String apiKey) {
    String json =
        JsonDocument.write(
            JsonDocument.newObject().put("endpoint", endpoint).put("api_key", apiKey));
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The bare key inside; a key that is not of this form is taken as bare already. */
  public static String apiKeyOf(String authToken) {
    return decode(authToken).flatMap(json -> json.textIfAny("api_key")).orElse(authToken.trim());
  }

  /** The cell for which it is, if it says so. */
  public static Optional<String> endpointOf(String authToken) {
    return decode(authToken).flatMap(json -> json.textIfAny("endpoint"));
  }

  private static Optional<JsonDocument> decode(String authToken) {
    try {
      JsonDocument json =
          JsonDocument.read("auth token", Base64.getDecoder().decode(authToken.trim()));
      return Optional.of(json).filter(form -> form.textIfAny("api_key").isPresent());
    } catch (IllegalArgumentException | EntitlementsException notOfThisForm) {
      return Optional.empty();
    }
  }

  /** A token, in either form, from which a credential can be made. */
  public static String requireToken(String authToken) {
    requireHeaderValue(apiKeyOf(requireHeaderValue(authToken)));
    return authToken;
  }

  /** Says where, never what: the value is a secret. */
  public static String requireHeaderValue(String apiKey) {
    if (apiKey.trim().isEmpty()) {
      throw new IllegalArgumentException("the API key or token is blank");
    }
    for (int i = 0; i < apiKey.length(); i++) {
      char c = apiKey.charAt(i);
      if (c <= ' ' || c > '~') {
        throw new IllegalArgumentException(
            "the API key or token has a character at " + i + " that no key has");
      }
    }
    return apiKey;
  }
}
