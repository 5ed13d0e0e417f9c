package dev.entitlements.momento;

import java.time.Instant;

/** A token as the service minted it. Immutable; its {@link #toString} leaves the secret out. */
public final class MintedToken {
  private final Credential credential;
  private final String endpoint;
  private final Instant expiresAt;

  /**
   * A token.
   *
   * @param credential the secret
   * @param endpoint the cell in which it is good, as the service names it
   * @param expiresAt when it runs out, in the service's time
   */
  public MintedToken(Credential credential, String endpoint, Instant expiresAt) {
    this.credential = credential;
    this.endpoint = endpoint;
    this.expiresAt = expiresAt;
  }

  /**
   * The secret.
   *
   * @return what calls carry
   */
  public Credential credential() {
    return credential;
  }

  /**
   * The cell in which it is good.
   *
   * @return the endpoint as the service names it
   */
  public String endpoint() {
    return endpoint;
  }

  /**
   * When it runs out.
   *
   * @return the instant, in the service's time
   */
  public Instant expiresAt() {
    return expiresAt;
  }

  /**
   * The form in which Momento's SDKs take a token.
   *
   * @return base64 of a small JSON document that holds secret and endpoint
   */
  public String authToken() {
    return credential.toAuthToken(endpoint);
  }

  @Override
  public String toString() {
    return "MintedToken{" + endpoint + ", expires " + expiresAt + "}";
  }
}
