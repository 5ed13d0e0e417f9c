package dev.entitlements.examples.benchmarks.startup;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.EntitlementSessions;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.TokenIssuer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The backend that players log in at; one document for all users. */
final class Logins implements AutoCloseable {
  private static final Document DOCUMENT = new Document(600);

  private final MomentoBackend momento;
  private final EntitlementPublisher publisher;
  private final TokenIssuer issuer;
  private final EntitlementSessions sessions;

  Logins(World world) {
    momento = MomentoBackend.connect(world.credentials(), World.CACHE);
    publisher =
        EntitlementPublisher.builder(
                momento, user -> CompletableFuture.completedFuture(DOCUMENT.content(user, 1)))
            .build();
    // No limit of rate: the local server has none.
    issuer = TokenIssuer.builder(momento).mintsPerSecond(0).build();
    sessions = EntitlementSessions.of(publisher, issuer);
  }

  /** Returns once the user's document is stored. */
  SessionToken login(String user) throws Exception {
    return sessions.open(user).get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    issuer.close();
    publisher.close();
    momento.close();
  }
}
