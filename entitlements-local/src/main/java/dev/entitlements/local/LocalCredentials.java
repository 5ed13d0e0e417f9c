package dev.entitlements.local;

import momento.sdk.auth.CredentialProvider;

/** How a backend's clients reach a server in plaintext on the loopback, with its API key. */
final class LocalCredentials extends CredentialProvider {
  private final String host;
  private final int port;
  private final String apiKey;

  LocalCredentials(String host, int port, String apiKey) {
    this.host = host;
    this.port = port;
    this.apiKey = apiKey;
  }

  @Override
  public String getAuthToken() {
    return apiKey;
  }

  @Override
  public String getControlEndpoint() {
    return host;
  }

  @Override
  public String getCacheEndpoint() {
    return host;
  }

  @Override
  public String getStorageEndpoint() {
    return host;
  }

  @Override
  public String getTokenEndpoint() {
    return host;
  }

  @Override
  public boolean isEndpointSecure() {
    return false;
  }

  @Override
  public int getPort() {
    return port;
  }

  /** Has no secret. */
  @Override
  public String toString() {
    return "LocalCredentials[" + host + ":" + port + "]";
  }
}
