package dev.entitlements.server.internal;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.momento.MintedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mint: wait for its turn, mint, keep for others. */
public final class MintCall extends Call<SessionToken> {
  private static final Logger log = LoggerFactory.getLogger(MintCall.class);

  private final Minting minting;

  public MintCall(Minting minting, String userId) {
    super(
        "issuing a token for user '" + userId + "'",
        userId,
        minting.callDeadline(),
        minting.workers());
    this.minting = minting;
  }

  @Override
  void attempt() {
    Optional<SessionToken> minted = minting.tokens().find(userId(), workers().time().now());
    if (minted.isPresent()) {
      // A mint that ended between the caller's look and this call's beginning.
      succeed(minted.get());
      return;
    }
    situation("while queueing to mint");
    Optional<Duration> wait = minting.pacer().takeTurn(workers().time().nanoTime());
    if (wait.isEmpty()) {
      fail(
          new EntitlementsException(
              ErrorKind.OVERLOADED, "too many mints are queued already; try again later"));
    } else if (wait.get().isZero()) {
      mint();
    } else {
      after(wait.get(), this::mint);
    }
  }

  private void mint() {
    situation("while minting");
    Instant askedAt = workers().time().now();
    await(
        () ->
            minting
                .minter()
                .mint(minting.keyPrefix() + userId(), TokenIds.of(userId()), minting.lifetime()),
        token -> keep(token, askedAt),
        this::attempt);
  }

  private void keep(MintedToken minted, Instant askedAt) {
    SessionToken token =
        SessionToken.builder(userId())
            .token(minted.authToken())
            .endpoint(minting.endpoint())
            .cacheName(minting.cacheName())
            .key(minting.keyPrefix() + userId())
            .expiresAt(earlier(minted.expiresAt(), askedAt.plus(minting.lifetime())))
            .serverTime(workers().time().now())
            .build();
    minting.tokens().put(token);
    log.debug(
        "user '{}': token minted, expires {}, {} attempt(s), {} ms",
        userId(),
        token.expiresAt(),
        attempts(),
        elapsed().toMillis());
    succeed(token);
  }

  /**
   * The service counts in its own time, the session in the backend's. Where the clocks differ, a
   * token that is renewed early does no harm, one that is renewed late does.
   */
  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
