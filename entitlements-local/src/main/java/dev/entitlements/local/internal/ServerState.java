package dev.entitlements.local.internal;

import dev.entitlements.local.internal.auth.Authenticator;
import dev.entitlements.local.internal.auth.Minter;
import dev.entitlements.local.internal.auth.TokenLife;
import dev.entitlements.local.internal.auth.TokenSigner;
import dev.entitlements.local.internal.cache.Caches;
import dev.entitlements.local.internal.fault.FaultBoard;
import dev.entitlements.local.internal.fault.FaultGate;
import dev.entitlements.local.internal.topic.TopicHub;

/** All that the server knows. It outlives restarts of what listens on the port. */
public record ServerState(
    Settings settings,
    Authenticator authenticator,
    TokenLife tokens,
    Minter minter,
    Caches caches,
    TopicHub topics,
    FaultBoard faults,
    FaultGate gate,
    Meter meter) {

  static ServerState of(Settings settings, Timers timers) {
    TokenSigner signer = new TokenSigner();
    Meter meter = new Meter();
    Caches caches = new Caches(settings.clock(), meter);
    settings.caches().forEach(caches::create);
    TokenLife tokens = new TokenLife(settings.clock());
    FaultBoard faults = new FaultBoard(timers);
    TopicHub topics = new TopicHub(settings, caches, timers, tokens, faults, meter);
    faults.whenOneEnds(topics::catchUp);
    return new ServerState(
        settings,
        new Authenticator(settings.apiKey(), signer, tokens),
        tokens,
        new Minter(
            signer,
            tokens,
            new RateLimiter(settings.quotas().mintsPerSecond(), settings.clock()),
            settings.clock(),
            meter),
        caches,
        topics,
        faults,
        new FaultGate(faults, timers),
        meter);
  }
}
