package dev.entitlements.server;

import dev.entitlements.SessionToken;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.Quotas;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MintQuotaTest {
  @Test
  @Tag("P9")
  void crowdOfLoginsStaysWithinTheQuotaOfTheService() {
    try (LocalMomento strict = LocalMomento.builder().quotas(new Quotas(10_000, 100, 5)).start();
        MomentoBackend own =
            MomentoBackend.connect(strict.credentials(), LocalMomentoTestBase.CACHE);
        TokenIssuer issuer = TokenIssuer.builder(own).build()) {
      List<CompletableFuture<SessionToken>> crowd = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        crowd.add(issuer.issue("u" + i));
      }
      crowd.forEach(Outcomes::soon);
    }
  }
}
