package dev.entitlements.local.internal;

import dev.entitlements.local.internal.auth.Authenticator;
import dev.entitlements.local.internal.auth.Minter;
import dev.entitlements.local.internal.auth.TokenSigner;
import dev.entitlements.local.internal.cache.Caches;
import dev.entitlements.local.internal.topic.TopicHub;

/** All that the server knows. It outlives restarts of what listens on the port. */
public record ServerState(
    Settings settings, Authenticator authenticator, Minter minter, Caches caches, TopicHub topics) {

  static ServerState of(Settings settings, Timers timers) {
    TokenSigner signer = new TokenSigner();
    Caches caches = new Caches(settings.clock());
    settings.caches().forEach(caches::create);
    return new ServerState(
        settings,
        new Authenticator(settings.apiKey(), signer, settings.clock()),
        new Minter(
            signer,
            new RateLimiter(settings.quotas().mintsPerSecond(), settings.clock()),
            settings.clock()),
        caches,
        new TopicHub(settings, caches, timers));
  }
}
