package dev.entitlements.examples.benchmarks.world;

import momento.sdk.auth.CredentialProvider;

/** A server's API key, and one host for everything. */
final class LinkCredentials extends CredentialProvider {
  private static final int HTTPS = 443;

  private final ServerAddress address;

  LinkCredentials(ServerAddress address) {
    this.address = address;
  }

  @Override
  public String getAuthToken() {
    return address.apiKey();
  }

  @Override
  public String getControlEndpoint() {
    return address.host();
  }

  @Override
  public String getCacheEndpoint() {
    return address.host();
  }

  @Override
  public String getStorageEndpoint() {
    return address.host();
  }

  @Override
  public String getTokenEndpoint() {
    return address.host();
  }

  @Override
  public boolean isEndpointSecure() {
    return true;
  }

  @Override
  public int getPort() {
    return HTTPS;
  }
}
