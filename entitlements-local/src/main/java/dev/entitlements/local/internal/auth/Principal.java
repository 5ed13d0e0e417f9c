package dev.entitlements.local.internal.auth;

import java.util.List;

/** Who calls: the owner of the API key, or the bearer of a disposable token. */
public sealed interface Principal {

  /** What subscribers see of a publisher; empty for the API key. */
  String tokenId();

  /** May do everything. */
  record Owner() implements Principal {
    @Override
    public String tokenId() {
      return "";
    }
  }

  /** May do what the token says. */
  record Bearer(TokenClaims claims, List<Permission> permissions) implements Principal {
    public Bearer {
      permissions = List.copyOf(permissions);
    }

    @Override
    public String tokenId() {
      return claims.tokenId();
    }
  }
}
