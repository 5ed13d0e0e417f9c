package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failure;
import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.local.LocalMomento;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P6")
class OutageTest {
  private static final String CACHE = LocalMomentoTestBase.CACHE;

  private final LocalMomento momento = LocalMomento.start();
  private final MomentoBackend backend = MomentoBackend.connect(momento.credentials(), CACHE);

  @AfterEach
  void close() {
    backend.close();
    momento.close();
  }

  @Test
  void sessionOpenedDuringARestartSucceedsOnceTheServiceIsBack() {
    try (EntitlementPublisher publisher = publisher(backend);
        TokenIssuer issuer = TokenIssuer.builder(backend).build()) {
      soon(publisher.publish(LocalMomentoTestBase.content("u", "basic")));
      CompletableFuture<Void> back = momento.faults().restart(Duration.ofMillis(700), true);

      SessionToken session = soon(EntitlementSessions.of(publisher, issuer).open("u"));

      soon(back);
      assertThat(session.snapshot().orElseThrow().entitlements()).containsOnlyKeys("premium");
    }
  }

  @Test
  @Tag("P1")
  void tokenThatMomentoNoLongerAcceptsIsNotGivenOutAgain() {
    try (TokenIssuer issuer = TokenIssuer.builder(backend).build()) {
      SessionToken first = soon(issuer.issue("u"));
      assertThat(soon(issuer.issue("u")).token()).isEqualTo(first.token());

      momento.faults().expireTokens();

      assertThat(soon(issuer.issue("u")).token()).isNotEqualTo(first.token());
    }
  }

  @Test
  void serviceThatIsGoneIsReportedAsUnavailableWithinTheDeadline() {
    momento.close();
    try (EntitlementPublisher publisher =
        EntitlementPublisher.builder(
                backend,
                u -> CompletableFuture.completedFuture(LocalMomentoTestBase.content(u, "premium")))
            .callDeadline(Duration.ofSeconds(1))
            .build()) {
      assertThat(failure(publisher.refresh("u")).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }
  }

  private static EntitlementPublisher publisher(MomentoBackend backend) {
    return EntitlementPublisher.builder(
            backend,
            u -> CompletableFuture.completedFuture(LocalMomentoTestBase.content(u, "premium")))
        .build();
  }
}
