package dev.entitlements.server.internal;

import dev.entitlements.momento.MomentoEndpoint;
import momento.sdk.auth.CredentialProvider;

/**
 * A key and an endpoint as Momento's SDK wants them. The SDK's own provider takes neither the newer
 * keys, which hold no endpoint, nor a port.
 */
public final class FixedCredentials extends CredentialProvider {
  private static final String CACHE_PREFIX = "cache.";

  private final String apiKey;
  private final MomentoEndpoint endpoint;

  public FixedCredentials(String apiKey, MomentoEndpoint endpoint) {
    this.apiKey = apiKey;
    this.endpoint = endpoint;
  }

  @Override
  public String getAuthToken() {
    return apiKey;
  }

  @Override
  public String getControlEndpoint() {
    return sibling("control.");
  }

  @Override
  public String getCacheEndpoint() {
    return endpoint.cacheHost();
  }

  @Override
  public String getStorageEndpoint() {
    return sibling("storage.");
  }

  @Override
  public String getTokenEndpoint() {
    return endpoint.tokenHost();
  }

  @Override
  public boolean isEndpointSecure() {
    return endpoint.isSecure();
  }

  @Override
  public int getPort() {
    return endpoint.port();
  }

  @Override
  public String toString() {
    return "FixedCredentials{" + endpoint + "}";
  }

  private String sibling(String prefix) {
    String host = endpoint.cacheHost();
    return host.startsWith(CACHE_PREFIX) ? prefix + host.substring(CACHE_PREFIX.length()) : host;
  }
}
