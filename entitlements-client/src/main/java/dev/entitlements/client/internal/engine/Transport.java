package dev.entitlements.client.internal.engine;

import dev.entitlements.SessionToken;
import dev.entitlements.momento.CacheReader;
import dev.entitlements.momento.TopicSubscriber;

/**
 * A player's two roles towards Momento. Both may throw an {@link
 * dev.entitlements.EntitlementsException}.
 */
public interface Transport {
  CacheReader reader(SessionToken session);

  TopicSubscriber subscriber(SessionToken session);
}
