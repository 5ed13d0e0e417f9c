package dev.entitlements.client;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import java.util.concurrent.CompletionStage;

/**
 * The host's login call: asks the backend for a {@link SessionToken}. The watcher calls it at the
 * start, before a token runs out, when a token was refused, and when the cache has lost the user's
 * item. It has one call at a time under way, but may begin another beside one that it gave up
 * because it took too long.
 */
@FunctionalInterface
public interface SessionSource {
  /**
   * Fetches a session.
   *
   * <p>It runs on a thread on which it may block, though not for ever: give the call a timeout. The
   * thread is interrupted once the watcher gives the call up, because it takes longer than {@link
   * EntitlementWatcher.Builder#sessionTimeout} or because the watcher is closed. Whatever it throws
   * counts as a failure, after which the watcher backs off and asks again.
   *
   * @return completes with the session, always of the same user; fails with {@link #signedOut},
   *     itself or as a cause, once there is none any more, which stops the watcher for good, or
   *     with anything else, which does not
   * @throws Exception for the same reasons as the stage may fail
   */
  CompletionStage<SessionToken> fetch() throws Exception;

  /**
   * What to fail with once the user is signed out.
   *
   * @return an exception of kind {@link ErrorKind#SIGNED_OUT}
   */
  static EntitlementsException signedOut() {
    return new EntitlementsException(ErrorKind.SIGNED_OUT, "the user is signed out");
  }
}
