package dev.entitlements.momento;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Mints the tokens with which players watch. */
public interface TokenMinter {
  /**
   * Mints a token that can do two things in one cache, until it expires: read the item of one key,
   * and subscribe to the topic of the same name.
   *
   * @param key the key, and topic
   * @param tokenId names the bearer to the service, at most 64 characters
   * @param validFor how long it is valid: whole seconds, at least one
   * @return completes with the token; fails with an {@link dev.entitlements.EntitlementsException}.
   *     Completed on a thread that must not be blocked.
   */
  CompletableFuture<MintedToken> mint(String key, String tokenId, Duration validFor);
}
