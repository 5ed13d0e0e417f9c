package dev.entitlements.local;

import momento.sdk.auth.CredentialProvider;

/** How clients that insist on TLS and port 443 reach a server by its own name. */
final class TlsCredentials extends CredentialProvider {
  private final String host;
  private final String apiKey;

  TlsCredentials(String host, String apiKey) {
    this.host = host;
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
    return true;
  }

  /** The port is of no matter: gRPC is led to the right one by the name. */
  @Override
  public int getPort() {
    return 443;
  }

  /** Has no secret. */
  @Override
  public String toString() {
    return "TlsCredentials[" + host + "]";
  }
}
