package dev.entitlements.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.SessionToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P9")
class ReusableTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void theOneLongestNotAskedForMakesRoom() {
    ReusableTokens tokens = new ReusableTokens(HOUR, 2);
    tokens.put(token("a"));
    tokens.put(token("b"));
    assertThat(tokens.find("a", NOW)).isPresent();

    tokens.put(token("c"));

    assertThat(tokens.find("a", NOW)).isPresent();
    assertThat(tokens.find("b", NOW)).isEmpty();
    assertThat(tokens.size()).isEqualTo(2);
  }

  @Test
  void atHalfItsLifeATokenIsNotGivenOutAnyMoreNorKept() {
    ReusableTokens tokens = new ReusableTokens(HOUR, 10);
    tokens.put(token("a"));

    assertThat(tokens.find("a", NOW.plusSeconds(1799))).isPresent();
    assertThat(tokens.find("a", NOW.plusSeconds(1800))).isEmpty();
    assertThat(tokens.size()).isZero();
  }

  private static SessionToken token(String userId) {
    return SessionToken.builder(userId)
        .token("secret")
        .endpoint(URI.create("https://cache.cell"))
        .cacheName("entitlements")
        .expiresAt(NOW.plus(HOUR))
        .serverTime(NOW)
        .build();
  }
}
