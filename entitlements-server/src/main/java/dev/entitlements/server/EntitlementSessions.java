package dev.entitlements.server;

import dev.entitlements.EntitlementsException;
import dev.entitlements.SessionToken;
import dev.entitlements.server.internal.Futures;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Opens sessions: all that a login has to do for a player, in one call.
 *
 * <p>Safe for use by several threads; no method blocks. It holds nothing open and needs no closing;
 * publisher and issuer are the host's to close.
 */
public final class EntitlementSessions {
  private final EntitlementPublisher publisher;
  private final TokenIssuer issuer;

  private EntitlementSessions(EntitlementPublisher publisher, TokenIssuer issuer) {
    this.publisher = publisher;
    this.issuer = issuer;
  }

  /**
   * Sessions of what a publisher publishes.
   *
   * @param publisher stores the user's entitlements
   * @param issuer issues the tokens; on the same backend, or one with the same endpoint, cache and
   *     key prefix
   * @return the sessions
   * @throws IllegalArgumentException if the issuer's tokens would not allow to read what the
   *     publisher stores
   */
  public static EntitlementSessions of(EntitlementPublisher publisher, TokenIssuer issuer) {
    Objects.requireNonNull(publisher, "publisher");
    Objects.requireNonNull(issuer, "issuer");
    if (!publisher.backend().isSamePlaceAs(issuer.backend())) {
      throw new IllegalArgumentException(
          "publisher and issuer differ in endpoint, cache or key prefix: "
              + publisher
              + ", "
              + issuer);
    }
    return new EntitlementSessions(publisher, issuer);
  }

  /**
   * Opens a session for one user: refreshes her entitlements and issues a token, at the same time.
   * Whoever gets the answer can watch that user's entitlements: call it only for a user that is
   * signed in.
   *
   * @param userId the user: not blank, at most 256 bytes of UTF-8, no control characters
   * @return completes with a session token that holds the refreshed snapshot, on an executor of the
   *     publisher or the issuer; fails as soon as one of the two fails, with its {@link
   *     EntitlementsException}
   * @throws IllegalArgumentException if the user id is not allowed
   */
  public CompletableFuture<SessionToken> open(String userId) {
    CompletableFuture<PublishReceipt> refreshed = publisher.refresh(userId);
    CompletableFuture<SessionToken> issued = issuer.issue(userId);
    CompletableFuture<SessionToken> session =
        refreshed.thenCombine(
            issued,
            (receipt, token) ->
                token.withServerTime(issuer.now()).withSnapshot(receipt.snapshot()));
    return Futures.firstFailureOr(session, refreshed, issued);
  }
}
