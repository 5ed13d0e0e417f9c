package dev.entitlements.local.internal.auth;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says whether a token's life is over: its time is up, or it belongs to an era that was ended. Each
 * token carries the era in which it was minted.
 */
public final class TokenLife {
  private final AtomicLong era = new AtomicLong();
  private final Clock clock;

  public TokenLife(Clock clock) {
    this.clock = clock;
  }

  /** The era of tokens minted now. */
  long era() {
    return era.get();
  }

  /** Ends the life of all tokens minted until now. */
  public void expireAll() {
    era.incrementAndGet();
  }

  /** Whether the principal's credential is good no more. */
  public boolean isOver(Principal principal) {
    return principal instanceof Principal.Bearer bearer && isOver(bearer.claims());
  }

  boolean isOver(TokenClaims claims) {
    return claims.era() < era.get() || !clock.instant().isBefore(claims.expiresAt());
  }
}
