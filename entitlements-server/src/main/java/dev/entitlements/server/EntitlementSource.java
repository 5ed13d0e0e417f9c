package dev.entitlements.server;

import dev.entitlements.Entitlements;
import java.util.concurrent.CompletionStage;

/**
 * The host's business logic: decides what a user is entitled to.
 *
 * <p>It is called on the publisher's executor, never on an I/O thread, and may block there. It may
 * be called again within one {@link EntitlementPublisher#refresh}: each call has to read the newest
 * state, because that is how concurrent publishers lose nothing.
 */
@FunctionalInterface
public interface EntitlementSource {
  /**
   * Computes what one user is entitled to now.
   *
   * @param userId the user
   * @return completes with the content, of that user and not null, with a {@linkplain
   *     Entitlements.Content.Builder#revision revision} if the host counts them itself; if it
   *     fails, or this method throws, the refresh fails with {@link
   *     dev.entitlements.ErrorKind#SOURCE_FAILED} and is not repeated, since only the host knows
   *     whether that would help
   * @throws Exception whatever the host's logic throws
   */
  CompletionStage<Entitlements.Content> load(String userId) throws Exception;
}
