package dev.entitlements.local.internal.auth;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who calls: the owner of the API key, or the bearer of a disposable token. */
public sealed interface Principal {

  /** What subscribers see of a publisher; empty for the API key. */
  String tokenId();

  /** When the credential runs out; null when it never does. */
  @Nullable Instant expiresAt();

  /** May do everything. */
  record Owner() implements Principal {
    @Override
    public String tokenId() {
      return "";
    }

    @Override
    public @Nullable Instant expiresAt() {
      return null;
    }
  }

  /** May do what the token says. */
  record Bearer(String tokenId, Instant expiresAt, List<Permission> permissions)
      implements Principal {
    public Bearer {
      permissions = List.copyOf(permissions);
    }
  }
}
