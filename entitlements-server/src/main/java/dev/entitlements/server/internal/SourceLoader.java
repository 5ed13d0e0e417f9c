package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.Names;
import dev.entitlements.server.EntitlementSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks the host's source, and takes nothing from it unchecked. */
public final class SourceLoader implements ContentLoader {
  private final EntitlementSource source;
  private final String userId;

  public SourceLoader(EntitlementSource source, String userId) {
    this.source = source;
    this.userId = userId;
  }

  @Override
  public CompletableFuture<Entitlements.Content> load() {
    CompletionStage<Entitlements.Content> stage;
    try {
      stage = source.load(userId);
    } catch (Throwable e) {
      // Whatever it is, it is the caller's answer, not this thread's end.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return CompletableFuture.failedFuture(failed("threw " + e, e));
    }
    if (stage == null) {
      return CompletableFuture.failedFuture(failed("returned null in place of a stage", null));
    }
    CompletableFuture<Entitlements.Content> answer = new CompletableFuture<>();
    stage.whenComplete((content, error) -> settle(answer, content, error));
    return answer;
  }

  @Override
  public void requirePublishable(String key) {
    // Nothing is known before the source is asked.
  }

  private void settle(
      CompletableFuture<Entitlements.Content> answer,
      Entitlements.@Nullable Content content,
      @Nullable Throwable error) {
    if (error != null) {
      Throwable cause = Errors.unwrapped(error);
      answer.completeExceptionally(failed("failed: " + cause, cause));
    } else if (content == null) {
      answer.completeExceptionally(failed("answered null in place of a content", null));
    } else {
      try {
        Names.requireSameUser(userId, content.userId());
        answer.complete(content);
      } catch (EntitlementsException foreign) {
        answer.completeExceptionally(foreign);
      }
    }
  }

  private EntitlementsException failed(String how, @Nullable Throwable cause) {
    return new EntitlementsException(
        ErrorKind.SOURCE_FAILED, "the entitlement source " + how, cause, userId);
  }
}
