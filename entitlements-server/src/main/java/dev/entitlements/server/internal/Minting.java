package dev.entitlements.server.internal;

import dev.entitlements.momento.TokenMinter;
import java.net.URI;
import java.time.Duration;

/** What all calls of one issuer share. */
public record Minting(
    TokenMinter minter,
    URI endpoint,
    String cacheName,
    String keyPrefix,
    Duration lifetime,
    Duration callDeadline,
    Pacer pacer,
    ReusableTokens tokens,
    Workers workers) {}
