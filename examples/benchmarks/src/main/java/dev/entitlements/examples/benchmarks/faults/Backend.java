package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.EntitlementSessions;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.PublishReceipt;
import dev.entitlements.server.TokenIssuer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import momento.sdk.auth.CredentialProvider;

/** Publishes one numbered state after the other, and logs players in. */
final class Backend implements AutoCloseable {
  private static final Document DOCUMENT = new Document(400);

  private final Map<String, Long> states = new ConcurrentHashMap<>();
  private final MomentoBackend momento;
  private final EntitlementPublisher publisher;
  private final TokenIssuer issuer;
  private final EntitlementSessions sessions;

  Backend(CredentialProvider credentials, String cacheName) {
    momento = MomentoBackend.connect(credentials, cacheName);
    publisher =
        EntitlementPublisher.builder(
                momento,
                user -> CompletableFuture.completedFuture(DOCUMENT.content(user, newest(user))))
            .build();
    // A token for each login: tokens are made to run out behind the issuer's back. No limit of
    // rate: the local server has none.
    issuer = TokenIssuer.builder(momento).maxReusableTokens(0).mintsPerSecond(0).build();
    sessions = EntitlementSessions.of(publisher, issuer);
  }

  CompletableFuture<SessionToken> login(String user) {
    return sessions.open(user);
  }

  /** The number of the user's newest state. */
  long newest(String user) {
    return states.getOrDefault(user, 0L);
  }

  /** Begins the user's next state; {@link #publish} publishes it. */
  long next(String user) {
    return states.merge(user, 1L, Long::sum);
  }

  /** Publishes the user's newest state. */
  CompletableFuture<PublishReceipt> publish(String user) {
    return publisher.refresh(user);
  }

  @Override
  public void close() {
    issuer.close();
    publisher.close();
    momento.close();
  }
}
