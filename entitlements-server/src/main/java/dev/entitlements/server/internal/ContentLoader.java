package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import java.util.concurrent.CompletableFuture;

/** Where the content of one publish comes from. */
public interface ContentLoader {
  /** Fails only with an {@link dev.entitlements.EntitlementsException}. */
  CompletableFuture<Entitlements.Content> load();

  /**
   * Finds out, before anything is sent, what can be known by then to be in the way.
   *
   * @throws dev.entitlements.EntitlementsException if there is no use in going on
   */
  void requirePublishable(String key);
}
