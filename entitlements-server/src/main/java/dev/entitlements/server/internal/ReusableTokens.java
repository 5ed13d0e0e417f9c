package dev.entitlements.server.internal;

import dev.entitlements.SessionToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tokens that may be given out again: those with more than half of their life left. */
public final class ReusableTokens {
  private final Duration halfLife;
  private final Map<String, SessionToken> tokens;

  /**
   * An empty store.
   *
   * @param maxUsers of how many users at most; the one longest not asked for makes room
   */
  public ReusableTokens(Duration lifetime, int maxUsers) {
    halfLife = lifetime.dividedBy(2);
    tokens =
        Collections.synchronizedMap(
            new LinkedHashMap<>(16, 0.75f, true) {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<String, SessionToken> eldest) {
                return size() > maxUsers;
              }
            });
  }

  public Optional<SessionToken> find(String userId, Instant now) {
    SessionToken token = tokens.get(userId);
    if (token == null) {
      return Optional.empty();
    }
    if (Duration.between(now, token.expiresAt()).compareTo(halfLife) > 0) {
      return Optional.of(token);
    }
    tokens.remove(userId, token);
    return Optional.empty();
  }

  void put(SessionToken token) {
    tokens.put(token.userId(), token);
  }

  public void forget(String userId) {
    tokens.remove(userId);
  }

  int size() {
    return tokens.size();
  }
}
