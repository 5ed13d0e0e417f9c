package dev.entitlements.local;

import momento.sdk.auth.CredentialProvider;

/** How Momento's clients reach a server with its API key: one host for all, encrypted or not. */
final class LocalCredentials extends CredentialProvider {
  private final String host;
  private final int port;
  private final boolean secure;
  private final String apiKey;

  private LocalCredentials(String host, int port, boolean secure, String apiKey) {
    this.host = host;
    this.port = port;
    this.secure = secure;
    this.apiKey = apiKey;
  }

  static LocalCredentials plaintext(String host, int port, String apiKey) {
    return new LocalCredentials(host, port, false, apiKey);
  }

  /**
   * For clients that insist on TLS and its port. The port is of no matter: gRPC is led to the right
   * one by the name.
   */
  static LocalCredentials tls(String host, String apiKey) {
    return new LocalCredentials(host, 443, true, apiKey);
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
    return secure;
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
