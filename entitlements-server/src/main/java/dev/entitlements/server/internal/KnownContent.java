package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import java.util.concurrent.CompletableFuture;

/**
 * A content that the host has decided already.
 *
 * @param content the content
 */
public record KnownContent(Entitlements.Content content) implements ContentLoader {
  @Override
  public CompletableFuture<Entitlements.Content> load() {
    return CompletableFuture.completedFuture(content);
  }

  @Override
  public void requirePublishable(String key) {
    Document.requirePublishable(key, content);
  }
}
