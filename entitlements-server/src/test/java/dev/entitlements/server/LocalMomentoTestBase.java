package dev.entitlements.server;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.SessionToken;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MomentoEndpoint;
import org.junit.jupiter.api.AfterEach;

/** A backend on a real socket. The server is shared: each test has users of its own. */
abstract class LocalMomentoTestBase {
  static final String CACHE = "entitlements";

  final LocalMomento momento = SharedMomento.INSTANCE;
  final MomentoBackend backend = MomentoBackend.connect(momento.credentials(), CACHE);
  final GrpcConnection playersConnection =
      GrpcConnection.to(MomentoEndpoint.of(momento.endpoint()));

  @AfterEach
  void closeAll() {
    playersConnection.close();
    backend.close();
  }

  /** Momento as the bearer of a session token sees it. */
  GrpcMomento as(SessionToken session) {
    return playersConnection.as(Credential.ofAuthToken(session.token()), session.cacheName());
  }

  static Entitlements.Content content(String userId, String... ids) {
    Entitlements.Content.Builder content = Entitlements.Content.builder(userId);
    for (String id : ids) {
      content.entitlement(Entitlement.of(id));
    }
    return content.build();
  }
}
