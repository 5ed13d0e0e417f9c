package dev.entitlements.examples.standalone;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.client.EntitlementWatcher;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.EntitlementSessions;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.TokenIssuer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A backend and a player in one program that depends on the library as any project does. */
public final class Standalone {
  private Standalone() {}

  /**
   * Buys premium, and sees it arrive.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    String user = "u-42";
    CountDownLatch premium = new CountDownLatch(1);
    try (LocalMomento momento = LocalMomento.start();
        MomentoBackend backend = MomentoBackend.connect(momento.credentials(), "entitlements");
        EntitlementPublisher publisher =
            EntitlementPublisher.builder(
                    backend, id -> CompletableFuture.completedFuture(free(id)))
                .build();
        TokenIssuer issuer = TokenIssuer.builder(backend).build();
        EntitlementWatcher watcher =
            EntitlementWatcher.builder(
                    () -> EntitlementSessions.of(publisher, issuer).open(user))
                .build()) {
      watcher.addListener(
          change -> {
            System.out.println(change);
            if (change.added().contains("premium")) {
              premium.countDown();
            }
          });
      watcher.start().get(30, TimeUnit.SECONDS);

      publisher
          .publish(Entitlements.Content.of(user, Entitlement.of("free"), Entitlement.of("premium")))
          .get(30, TimeUnit.SECONDS);

      if (!premium.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("premium did not arrive: " + watcher.status());
      }
    }
    System.out.println("standalone: OK");
  }

  private static Entitlements.Content free(String user) {
    return Entitlements.Content.of(user, Entitlement.of("free"));
  }
}
