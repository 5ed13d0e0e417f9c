package dev.entitlements.server;

import static dev.entitlements.server.FakeMomento.Behaviour.hangs;
import static dev.entitlements.server.FakeMomento.Behaviour.held;
import static dev.entitlements.server.FakeMomento.Behaviour.refused;
import static dev.entitlements.server.Outcomes.failureNow;
import static dev.entitlements.server.Outcomes.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.server.FakeMomento.Op;
import dev.entitlements.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P8")
class TokenIssuerTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeMomento momento = new FakeMomento(time);
  private final TokenIssuer issuer = issuer().build();

  private TokenIssuer.Builder issuer() {
    return TokenIssuer.builder(momento.backend()).time(time);
  }

  @AfterEach
  void noTimerIsLeftBehind() {
    assertThat(time.pending()).isZero();
  }

  @Test
  void tokenHasAllThatAPlayerNeeds() {
    TokenIssuer prefixed =
        TokenIssuer.builder(momento.backend("ent:"))
            .lifetime(Duration.ofHours(2))
            .time(time)
            .build();

    SessionToken token = now(prefixed.issue("u-42"));

    assertThat(token.userId()).isEqualTo("u-42");
    assertThat(token.key()).isEqualTo("ent:u-42");
    assertThat(token.endpoint()).isEqualTo(FakeMomento.ENDPOINT);
    assertThat(token.cacheName()).isEqualTo("entitlements");
    assertThat(token.serverTime()).isEqualTo(time.now());
    assertThat(token.expiresAt()).isEqualTo(time.now().plus(Duration.ofHours(2)));
    assertThat(token.snapshot()).isEmpty();
    assertThat(token.toString()).doesNotContain(token.token());
  }

  @Test
  void tokenIsGivenOutAgainWhileMoreThanHalfOfItsLifeIsLeft() {
    SessionToken first = now(issuer.issue("u"));
    time.advance(Duration.ofMinutes(30).minusMillis(1));
    SessionToken again = now(issuer.issue("u"));
    time.advance(Duration.ofMillis(1));
    SessionToken fresh = now(issuer.issue("u"));

    assertThat(again.token()).isEqualTo(first.token());
    assertThat(again.expiresAt()).isEqualTo(first.expiresAt());
    assertThat(again.serverTime()).isEqualTo(time.now().minusMillis(1));
    assertThat(fresh.token()).isNotEqualTo(first.token());
    assertThat(momento.calls(Op.MINT)).isEqualTo(2);
  }

  @Test
  void forgottenTokenIsMintedAnew() {
    SessionToken first = now(issuer.issue("u"));
    issuer.forget("u");

    assertThat(now(issuer.issue("u")).token()).isNotEqualTo(first.token());
  }

  @Test
  void oneMintServesAllWhoAskForOneUserAtTheSameTime() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    momento.script(Op.MINT, held(gate));
    List<CompletableFuture<SessionToken>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(issuer.issue("u"));
    }
    waiting.get(0).cancel(true);

    gate.complete(null);

    assertThat(waiting.subList(1, 10).stream().map(Outcomes::now).map(SessionToken::token))
        .containsOnly(now(issuer.issue("u")).token());
    assertThat(momento.calls(Op.MINT)).isEqualTo(1);
  }

  @Test
  void tokenIdIsTheUserIdOrAHashOfALongOne() {
    String longest = "x".repeat(64);
    String tooLong = "x".repeat(65);
    now(issuer.issue(longest));
    now(issuer.issue(tooLong));

    assertThat(momento.tokenIds.get(0)).isEqualTo(longest);
    assertThat(momento.tokenIds.get(1))
        .matches("[0-9a-f]{64}")
        .isEqualTo("9537c5fdf120482f7d58d25e9ed583f52c02b4e304ea814db1633ad565aed7e9");
  }

  @Test
  @Tag("P9")
  void crowdIsServedAtTheAllowedRateFirstComeFirstServed() {
    List<CompletableFuture<SessionToken>> crowd = crowd(issuer, 23);
    assertThat(done(crowd)).isEqualTo(5);
    time.advance(Duration.ofSeconds(1));
    assertThat(done(crowd)).isEqualTo(10);
    assertThat(crowd.subList(0, 10)).allMatch(CompletableFuture::isDone);
    time.advance(Duration.ofSeconds(3));
    assertThat(done(crowd)).isEqualTo(23);
    assertThat(momento.tokenIds).startsWith("u0", "u1", "u2").endsWith("u21", "u22");
  }

  @Test
  @Tag("P9")
  void crowdBeyondTheQueueIsToldAtOnce() {
    TokenIssuer impatient = issuer().maxQueueWait(Duration.ofSeconds(2)).build();

    List<CompletableFuture<SessionToken>> crowd = crowd(impatient, 20);

    assertThat(failureNow(crowd.get(15)).kind()).isEqualTo(ErrorKind.OVERLOADED);
    assertThat(failureNow(crowd.get(15)).userId()).contains("u15");
    time.advance(Duration.ofSeconds(2));
    assertThat(crowd.subList(0, 15)).allMatch(f -> !f.isCompletedExceptionally());
    assertThat(crowd.subList(15, 20)).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void noLimitMeansNoWaiting() {
    assertThat(done(crowd(issuer().mintsPerSecond(0).build(), 100))).isEqualTo(100);
  }

  @Test
  void transientErrorIsRepeatedAndTerminalIsNot() {
    momento.script(
        Op.MINT,
        refused(ErrorKind.UNAVAILABLE),
        refused(ErrorKind.RATE_LIMITED),
        refused(ErrorKind.UNAUTHENTICATED));

    CompletableFuture<SessionToken> token = issuer.issue("u");
    time.advance(Duration.ofSeconds(10));

    assertThat(failureNow(token).kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(failureNow(token).userId()).contains("u");
    assertThat(momento.calls(Op.MINT)).isEqualTo(3);
    assertThat(now(issuer.issue("u"))).isNotNull();
  }

  @Test
  void mintThatIsNeverAnsweredTimesOut() {
    momento.script(Op.MINT, hangs());

    CompletableFuture<SessionToken> token = issuer.issue("u");
    time.advance(Duration.ofSeconds(15));

    assertThat(failureNow(token).kind()).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void closedIssuerTakesNoMoreCalls() {
    issuer.close();

    assertThat(failureNow(issuer.issue("u")).kind()).isEqualTo(ErrorKind.CLOSED);
  }

  @Test
  void builderRefusesWhatMomentoWouldRefuse() {
    TokenIssuer.Builder builder = TokenIssuer.builder(momento.backend());

    for (Duration wrong :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofMillis(1500),
            Duration.ofHours(25).plusSeconds(1))) {
      assertThatThrownBy(() -> builder.lifetime(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("25 h");
    }
    assertThat(builder.lifetime(Duration.ofHours(25))).isSameAs(builder);
    assertThatThrownBy(() -> builder.mintsPerSecond(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.maxQueueWait(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.maxReusableTokens(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> issuer.issue("")).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<CompletableFuture<SessionToken>> crowd(TokenIssuer issuer, int size) {
    List<CompletableFuture<SessionToken>> crowd = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      crowd.add(issuer.issue("u" + i));
    }
    return crowd;
  }

  private static long done(List<CompletableFuture<SessionToken>> crowd) {
    return crowd.stream().filter(CompletableFuture::isDone).count();
  }
}
