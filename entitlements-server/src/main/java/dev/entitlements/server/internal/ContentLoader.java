package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import java.util.concurrent.CompletableFuture;

/** Where the content of one publish comes from. */
@FunctionalInterface
public interface ContentLoader {
  /** Fails only with an {@link dev.entitlements.EntitlementsException}. */
  CompletableFuture<Entitlements.Content> load();

  /** A content that the host has decided already. */
  static ContentLoader of(Entitlements.Content content) {
    return () -> CompletableFuture.completedFuture(content);
  }
}
