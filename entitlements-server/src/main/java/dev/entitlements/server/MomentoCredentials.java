package dev.entitlements.server;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.AuthTokens;
import dev.entitlements.momento.MomentoEndpoint;
import dev.entitlements.server.internal.FixedCredentials;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import momento.sdk.auth.CredentialProvider;

/**
 * The backend's key to Momento, from the environment or from parts, as a {@link CredentialProvider}
 * that this library and Momento's own SDK take.
 *
 * <p>Both kinds of keys are understood: the base64 form, which holds its endpoint, and the newer
 * bare keys (JSON Web Tokens), which do not and want it beside them. No error and no {@code
 * toString} holds a key.
 */
public final class MomentoCredentials {
  /** The environment variable that holds the key. */
  public static final String API_KEY_VARIABLE = "MOMENTO_API_KEY";

  /**
   * The environment variable that holds the endpoint: a cell such as {@code
   * cell-1-us-east-1-1.prod.a.momentohq.com}, or a URI such as {@code http://127.0.0.1:18080}.
   */
  public static final String ENDPOINT_VARIABLE = "MOMENTO_ENDPOINT";

  private static final String A_CELL = "cell-1-us-east-1-1.prod.a.momentohq.com";

  private MomentoCredentials() {}

  /**
   * From {@code MOMENTO_API_KEY} and, where the key does not hold it, {@code MOMENTO_ENDPOINT}.
   *
   * @return the credentials
   * @throws EntitlementsException of kind {@link ErrorKind#UNAUTHENTICATED} if there is no key or
   *     it cannot be one, {@link ErrorKind#INVALID_REQUEST} if the endpoint is missing or unusable
   */
  public static CredentialProvider fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /**
   * From the same variables of another environment, such as a host's configuration.
   *
   * @param environment values by name of variable
   * @return the credentials
   * @throws EntitlementsException of kind {@link ErrorKind#UNAUTHENTICATED} if there is no key or
   *     it cannot be one, {@link ErrorKind#INVALID_REQUEST} if the endpoint is missing or unusable
   */
  public static CredentialProvider fromEnvironment(Map<String, String> environment) {
    String apiKey =
        value(environment, API_KEY_VARIABLE)
            .orElseThrow(
                () ->
                    new EntitlementsException(
                        ErrorKind.UNAUTHENTICATED,
                        API_KEY_VARIABLE
                            + " is not set; set it to an API key of your Momento account"));
    return value(environment, ENDPOINT_VARIABLE)
        .map(endpoint -> of(apiKey, endpoint))
        .orElseGet(() -> withEndpointInside(apiKey));
  }

  /**
   * From a key and an endpoint. An endpoint inside the key, if any, does not count.
   *
   * @param apiKey the key, in either form
   * @param endpoint a cell such as {@code cell-1-us-east-1-1.prod.a.momentohq.com}, with or without
   *     {@code cache.} in front, or a URI such as {@code https://cache.<cell>} or {@code
   *     http://127.0.0.1:18080}
   * @return the credentials
   * @throws EntitlementsException of kind {@link ErrorKind#UNAUTHENTICATED} if the key cannot be
   *     one, {@link ErrorKind#INVALID_REQUEST} if the endpoint is unusable
   */
  public static CredentialProvider of(String apiKey, String endpoint) {
    return new FixedCredentials(
        bareKey(Objects.requireNonNull(apiKey, "apiKey")),
        parse(Objects.requireNonNull(endpoint, "endpoint")));
  }

  private static CredentialProvider withEndpointInside(String apiKey) {
    String bareKey = bareKey(apiKey);
    return AuthTokens.endpointOf(apiKey)
        .<CredentialProvider>map(endpoint -> new FixedCredentials(bareKey, parse(endpoint)))
        .orElseGet(() -> legacy(bareKey));
  }

  /** Keys of the first kind are bare tokens too, but name their endpoints: the SDK reads those. */
  private static CredentialProvider legacy(String bareKey) {
    try {
      return CredentialProvider.fromString(bareKey);
    } catch (RuntimeException notOfThatKind) {
      // Not as the cause: its text may quote the key.
      throw new EntitlementsException(
          ErrorKind.INVALID_REQUEST,
          "the key in "
              + API_KEY_VARIABLE
              + " names no endpoint (or was not copied whole), so "
              + ENDPOINT_VARIABLE
              + " is required: the cell of your account, such as "
              + A_CELL);
    }
  }

  private static String bareKey(String apiKey) {
    try {
      return AuthTokens.requireHeaderValue(AuthTokens.apiKeyOf(apiKey));
    } catch (IllegalArgumentException e) {
      throw new EntitlementsException(
          ErrorKind.UNAUTHENTICATED,
          "unusable key: " + e.getMessage() + "; set the key as Momento's console gave it out");
    }
  }

  private static MomentoEndpoint parse(String endpoint) {
    String text = endpoint.strip();
    boolean isUri = text.contains("://");
    if (!isUri && text.contains(":")) {
      throw unusableEndpoint("has a port, but not http:// or https:// in front of its host");
    }
    try {
      MomentoEndpoint parsed =
          MomentoEndpoint.parse(!isUri && text.startsWith("cache.") ? "https://" + text : text);
      if (parsed.cacheHost().matches("(cache\\.)?api\\.cache\\..*")) {
        throw unusableEndpoint("is that of Momento's HTTP API; leave out api.cache. and https://");
      }
      if (hasLabelsOfAHost(parsed.cacheHost())) {
        return parsed;
      }
    } catch (IllegalArgumentException e) {
      // Without the value and the cause: where two settings are mixed up, it is the key.
    }
    throw unusableEndpoint("cannot be one");
  }

  private static EntitlementsException unusableEndpoint(String why) {
    return new EntitlementsException(
        ErrorKind.INVALID_REQUEST,
        "the Momento endpoint "
            + why
            + "; it is a cell such as "
            + A_CELL
            + " or a URI such as https://cache.<cell> or http://127.0.0.1:18080 (in "
            + ENDPOINT_VARIABLE
            + ", where it comes from the environment)");
  }

  /** A key that is mixed up with the endpoint would pass for a host, but for the lengths. */
  private static boolean hasLabelsOfAHost(String host) {
    return Arrays.stream(host.split("\\.")).allMatch(label -> label.length() <= 63);
  }

  private static Optional<String> value(Map<String, String> environment, String variable) {
    Optional<String> value =
        Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
    if (value.map(String::strip).filter(MomentoCredentials::isQuoted).isPresent()) {
      throw new EntitlementsException(
          variable.equals(API_KEY_VARIABLE) ? ErrorKind.UNAUTHENTICATED : ErrorKind.INVALID_REQUEST,
          variable + " is set in quotation marks, which are part of it then; leave them out");
    }
    return value;
  }

  /** An env file of Docker's, unlike a shell, keeps the quotation marks. */
  private static boolean isQuoted(String text) {
    return text.startsWith("\"") || text.startsWith("'");
  }
}
