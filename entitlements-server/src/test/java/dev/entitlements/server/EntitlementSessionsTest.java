package dev.entitlements.server;

import static dev.entitlements.server.FakeMomento.Behaviour.hangs;
import static dev.entitlements.server.FakeMomento.Behaviour.refused;
import static dev.entitlements.server.Outcomes.failureNow;
import static dev.entitlements.server.Outcomes.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.server.FakeMomento.Op;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EntitlementSessionsTest extends PublisherTestBase {
  private final TokenIssuer issuer = TokenIssuer.builder(momento.backend()).time(time).build();
  private final EntitlementSessions sessions = EntitlementSessions.of(publisher, issuer);

  @Test
  @Tag("P6")
  void sessionHoldsTokenAndTheSnapshotThatIsStored() {
    SessionToken session = now(sessions.open(USER));

    assertThat(session.snapshot()).contains(momento.storedSnapshot(USER));
    assertThat(session.userId()).isEqualTo(USER);
    assertThat(SessionToken.fromJson(session.toJson())).isEqualTo(session);
  }

  @Test
  @Tag("P6")
  void secondDeviceWakesNobody() {
    SessionToken first = now(sessions.open(USER));
    time.advance(Duration.ofMinutes(5));
    SessionToken second = now(sessions.open(USER));

    assertThat(second.token()).isEqualTo(first.token());
    assertThat(second.snapshot()).isEqualTo(first.snapshot());
    assertThat(second.serverTime()).isEqualTo(time.now());
    assertThat(momento.messages).hasSize(1);
    assertThat(momento.calls(Op.MINT)).isEqualTo(1);
  }

  @Test
  @Tag("P6")
  void failedRefreshFailsTheSessionWithoutWaitingForTheToken() {
    momento.script(Op.GET, refused(ErrorKind.CACHE_NOT_FOUND)).script(Op.MINT, hangs());

    CompletableFuture<SessionToken> session = sessions.open(USER);

    assertThat(failureNow(session).kind()).isEqualTo(ErrorKind.CACHE_NOT_FOUND);
    time.advance(DEADLINE);
  }

  @Test
  @Tag("P8")
  void failedTokenFailsTheSessionWithoutWaitingForTheRefresh() {
    momento.script(Op.MINT, refused(ErrorKind.PERMISSION_DENIED)).script(Op.GET, hangs());

    CompletableFuture<SessionToken> session = sessions.open(USER);

    assertThat(failureNow(session).kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
    time.advance(DEADLINE);
  }

  @Test
  @Tag("P8")
  void issuerOfAnotherPlaceIsRefused() {
    TokenIssuer elsewhere = TokenIssuer.builder(momento.backend("ent:")).time(time).build();

    assertThatThrownBy(() -> EntitlementSessions.of(publisher, elsewhere))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key prefix");
  }
}
