package dev.entitlements.testkit;

import dev.entitlements.momento.MomentoEndpoint;

/**
 * Who calls, where: all that an implementation of a role needs to be made.
 *
 * @param endpoint the service
 * @param apiKey the bare key that calls carry
 * @param cacheName the cache
 */
public record Bearer(MomentoEndpoint endpoint, String apiKey, String cacheName) {
  Bearer withApiKey(String other) {
    return new Bearer(endpoint, other, cacheName);
  }

  Bearer withCache(String other) {
    return new Bearer(endpoint, apiKey, other);
  }
}
