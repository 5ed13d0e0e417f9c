package dev.entitlements.local.internal.auth;

import dev.entitlements.local.internal.LimitName;
import dev.entitlements.local.internal.Limits;
import dev.entitlements.local.internal.Meter;
import dev.entitlements.local.internal.RateLimiter;
import dev.entitlements.local.internal.Refusal;
import grpc.permission_messages.Permissions;
import java.time.Clock;
import java.time.Instant;

/** Makes disposable tokens. */
public final class Minter {
  private final TokenSigner signer;
  private final TokenLife life;
  private final RateLimiter rate;
  private final Clock clock;
  private final Meter meter;

  public Minter(TokenSigner signer, TokenLife life, RateLimiter rate, Clock clock, Meter meter) {
    this.signer = signer;
    this.life = life;
    this.rate = rate;
    this.clock = clock;
    this.meter = meter;
  }

  /**
   * A new token.
   *
   * @param apiKey what goes into an {@code authorization} header
   */
  public record Minted(String apiKey, Instant expiresAt) {
    /** Has no secret. */
    @Override
    public String toString() {
      return "Minted[expiresAt=" + expiresAt + "]";
    }
  }

  /**
   * Makes a token for the principal, who must be the account's owner.
   *
   * @param validForSeconds an unsigned number
   * @throws Refusal PERMISSION_DENIED, INVALID_ARGUMENT or RESOURCE_EXHAUSTED
   */
  public Minted mint(
      Principal principal, String tokenId, int validForSeconds, Permissions permissions) {
    AccessControl.require(principal, Operation.GENERATE_DISPOSABLE_TOKEN, Resource.NONE);
    long seconds = Integer.toUnsignedLong(validForSeconds);
    if (seconds == 0 || seconds > Limits.TOKEN_LIFE.toSeconds()) {
      throw Refusal.invalid(
          "Expiry of "
              + seconds
              + " s: a disposable token lives more than 0 and at most "
              + Limits.TOKEN_LIFE.toSeconds()
              + " (25 h)");
    }
    if (tokenId.length() > Limits.TOKEN_ID_CHARS) {
      throw Refusal.invalid(
          "Token id of "
              + tokenId.length()
              + " characters: at most "
              + Limits.TOKEN_ID_CHARS
              + " are allowed");
    }
    PermissionReader.read(permissions);
    if (!rate.tryAcquire(1)) {
      throw Refusal.limit(LimitName.OPERATIONS_RATE, "Too many tokens in one second");
    }
    meter.token();
    Instant expiresAt = Instant.ofEpochSecond(clock.instant().getEpochSecond() + seconds);
    return new Minted(
        signer.sign(new TokenClaims(tokenId, expiresAt, permissions, life.era())), expiresAt);
  }
}
