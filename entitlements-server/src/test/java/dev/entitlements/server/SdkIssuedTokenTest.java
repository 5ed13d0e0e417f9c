package dev.entitlements.server;

import dev.entitlements.local.LocalMomento;
import dev.entitlements.server.internal.sdk.SdkMomento;
import org.junit.jupiter.api.AfterAll;

/** A token that the SDK's {@code AuthClient} minted has the same rights. */
class SdkIssuedTokenTest extends IssuedTokenSuite {
  private final SdkFace face = new SdkFace();

  @Override
  MomentoBackend connect(LocalMomento momento) {
    SdkMomento.Clients clients = face.clients(momento, momento.apiKey());
    return MomentoBackend.builder(face.credentials(momento, momento.apiKey()), CACHE)
        .sdkClients(clients.cache(), clients.topics(), clients.auth())
        .build();
  }

  @AfterAll
  void closeClients() {
    face.close();
  }
}
