package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failure;
import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.Quotas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P6")
class OutageTest extends LocalMomentoTestBase {
  @Test
  void sessionOpenedDuringARestartSucceedsOnceTheServiceIsBack() {
    try (EntitlementPublisher publisher = publisher(backend);
        TokenIssuer issuer = TokenIssuer.builder(backend).build()) {
      soon(publisher.publish(content("u", "basic")));
      CompletableFuture<Void> back = momento.faults().restart(Duration.ofMillis(700), true);

      SessionToken session = soon(EntitlementSessions.of(publisher, issuer).open("u"));

      soon(back);
      assertThat(session.snapshot().orElseThrow().entitlements()).containsOnlyKeys("premium");
    }
  }

  @Test
  void serviceThatIsGoneIsReportedAsUnavailableWithinTheDeadline() {
    momento.close();
    try (EntitlementPublisher publisher =
        EntitlementPublisher.builder(
                backend, u -> CompletableFuture.completedFuture(content(u, "premium")))
            .callDeadline(Duration.ofSeconds(1))
            .build()) {
      assertThat(failure(publisher.refresh("u")).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }
  }

  @Test
  void unknownCacheIsTerminal() {
    try (MomentoBackend nowhere = MomentoBackend.connect(momento.credentials(), "no-such-cache");
        EntitlementPublisher publisher = publisher(nowhere)) {
      assertThat(failure(publisher.refresh("u")).kind()).isEqualTo(ErrorKind.CACHE_NOT_FOUND);
    }
  }

  @Test
  void documentTooLargeForAMessageIsStoredAndAnnounced() {
    try (EntitlementPublisher publisher = publisher(backend)) {
      PublishReceipt receipt =
          soon(
              publisher.publish(
                  dev.entitlements.Entitlements.Content.builder("u")
                      .attribute("long", "x".repeat(10_000))
                      .build()));

      assertThat(receipt.delivery()).isEqualTo(PublishReceipt.Delivery.NOTICE);
      assertThat(soon(publisher.publish(receipt.snapshot().content())).outcome())
          .isEqualTo(PublishReceipt.Outcome.UNCHANGED);
    }
  }

  @Test
  @Tag("P9")
  void crowdOfLoginsStaysWithinTheQuotaOfTheService() {
    try (LocalMomento strict = LocalMomento.builder().quotas(new Quotas(10_000, 100, 5)).start();
        MomentoBackend own = MomentoBackend.connect(strict.credentials(), CACHE);
        TokenIssuer issuer = TokenIssuer.builder(own).build()) {
      List<CompletableFuture<SessionToken>> crowd = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        crowd.add(issuer.issue("u" + i));
      }
      crowd.forEach(Outcomes::soon);
    }
  }

  private static EntitlementPublisher publisher(MomentoBackend backend) {
    return EntitlementPublisher.builder(
            backend, u -> CompletableFuture.completedFuture(content(u, "premium")))
        .build();
  }
}
