package dev.entitlements.examples.benchmarks.plain;

import dev.entitlements.SessionToken;
import momento.sdk.auth.CredentialProvider;

/** A player's token, on the way by TLS to the local server. */
public final class PlainCredentials extends CredentialProvider {
  private final CredentialProvider way;
  private final String bareToken;

  /** The token, by the way that those credentials take. */
  public PlainCredentials(CredentialProvider way, SessionToken session) {
    this.way = way;
    this.bareToken = CredentialProvider.fromString(session.token()).getAuthToken();
  }

  @Override
  public String getAuthToken() {
    return bareToken;
  }

  @Override
  public String getControlEndpoint() {
    return way.getControlEndpoint();
  }

  @Override
  public String getCacheEndpoint() {
    return way.getCacheEndpoint();
  }

  @Override
  public String getStorageEndpoint() {
    return way.getStorageEndpoint();
  }

  @Override
  public String getTokenEndpoint() {
    return way.getTokenEndpoint();
  }

  @Override
  public boolean isEndpointSecure() {
    return way.isEndpointSecure();
  }

  @Override
  public int getPort() {
    return way.getPort();
  }
}
