package dev.entitlements.examples.benchmarks.footprint;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.EntitlementSessions;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.TokenIssuer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import momento.sdk.auth.CredentialProvider;

/** What viewers get when they log in. */
final class Logins {
  private static final Document DOCUMENT = new Document(600);
  private static final int AT_ONCE = 50;

  private Logins() {}

  /** Of so many users; nothing stays connected. */
  static List<SessionToken> of(int users, CredentialProvider credentials) {
    try (MomentoBackend momento = MomentoBackend.connect(credentials, World.CACHE);
        EntitlementPublisher publisher =
            EntitlementPublisher.builder(
                    momento, user -> CompletableFuture.completedFuture(DOCUMENT.content(user, 1)))
                .build();
        TokenIssuer issuer = TokenIssuer.builder(momento).mintsPerSecond(0).build()) {
      EntitlementSessions logins = EntitlementSessions.of(publisher, issuer);
      List<SessionToken> sessions = new ArrayList<>();
      while (sessions.size() < users) {
        int first = sessions.size();
        List<CompletableFuture<SessionToken>> some =
            IntStream.range(first, Math.min(users, first + AT_ONCE))
                .mapToObj(i -> logins.open("viewer-" + i))
                .toList();
        some.forEach(one -> sessions.add(one.orTimeout(30, TimeUnit.SECONDS).join()));
      }
      return sessions;
    }
  }
}
