package dev.entitlements.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MintedToken;
import dev.entitlements.momento.TokenMinter;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TokenMinter} does. */
@Tag("P8")
public abstract class TokenMinterContract extends MomentoContract {
  /** The implementation under test; the subclass closes it after each test. */
  protected abstract TokenMinter minter(Bearer bearer);

  @Test
  void aTokenReadsItsItemAndSubscribesToItsTopic() {
    store("u-42", bytes("value"), HOUR);
    GrpcMomento player = as(mint("u-42"));
    assertThat(await(player.get("u-42", Consistency.CONSISTENT))).isPresent();
    RecordedSubscription subscription =
        RecordedSubscription.open(player, "u-42").request(10).awaitHeartbeat();
    await(roles().publish("u-42", "hello"));
    subscription.awaitMessages("hello");
  }

  @Test
  void aTokenDoesNothingElse() {
    store("u-43", bytes("value"), HOUR);
    MintedToken token = mint("u-4");
    GrpcMomento player = as(token);
    GrpcMomento elsewhere = roles(bearerOf(token).withCache(OTHER_CACHE));
    assertDenied(failure(player.get("u-43", Consistency.CONSISTENT)));
    assertDenied(failure(player.get("u-", Consistency.CONSISTENT)));
    assertDenied(failure(player.replace("u-4", null, bytes("mine"), HOUR)));
    assertDenied(failure(player.publish("u-4", "forged")));
    assertDenied(failure(elsewhere.get("u-4", Consistency.CONSISTENT)));
    assertDenied(subscriptionError(player, "u-43"));
    assertDenied(subscriptionError(elsewhere, "u-4"));
    assertThat(failure(player.mint("u-4", "id", HOUR)).kind())
        .isIn(ErrorKind.PERMISSION_DENIED, ErrorKind.UNAUTHENTICATED);
  }

  @Test
  void aTokenIsValidForAsLongAsWasAskedForAndNoLonger() {
    MintedToken token = await(minter(backend()).mint("u-42", "u-42", Duration.ofMinutes(10)));
    assertThat(token.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    GrpcMomento player = as(token);
    clock.advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(await(player.get("u-42", Consistency.EVENTUAL))).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(failure(player.get("u-42", Consistency.EVENTUAL)).kind())
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  @Test
  void keysOfEveryScriptAreInScopeAsTheyAre() {
    String key = "ünïcödé/日本 \ud83d\ude00";
    GrpcMomento player = as(mint(key));
    assertThat(await(player.get(key, Consistency.EVENTUAL))).isEmpty();
    RecordedSubscription.open(player, key).request(1).awaitHeartbeat();
  }

  @Test
  void eachTokenIsAnother() {
    assertThat(mint("u-42").credential()).isNotEqualTo(mint("u-43").credential());
  }

  @Test
  void aTokenIsGivenOutInTheFormOfTheSdksAndNamesItsCell() {
    MintedToken token = mint("u-42");
    assertThat(token.endpoint()).isNotBlank();
    assertThat(Credential.ofAuthToken(token.authToken())).isEqualTo(token.credential());
  }

  @Test
  void itsTextHasNoSecret() {
    MintedToken token = mint("u-42");
    assertThat(token.toString())
        .doesNotContain(apiKeyOf(token.authToken()))
        .doesNotContain(token.authToken());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT26H", "PT2562047788015215H"})
  void aTimeThatTheServiceDoesNotTakeIsRefused(Duration validFor) {
    assertThat(failure(minter(backend()).mint("u-42", "u-42", validFor)).kind())
        .isEqualTo(ErrorKind.INVALID_REQUEST);
  }

  @Test
  void theNameOfTheBearerHasAtMost64Characters() {
    TokenMinter minter = minter(backend());
    assertThat(await(minter.mint("u-42", "x".repeat(64), HOUR))).isNotNull();
    assertThat(failure(minter.mint("u-42", "x".repeat(65), HOUR)).kind())
        .isEqualTo(ErrorKind.INVALID_REQUEST);
  }

  @Test
  void aWrongKeyMintsNothingAndIsNotQuoted() {
    TokenMinter minter = minter(backend().withApiKey("wrong-key-of-somebody"));
    EntitlementsException error = failure(minter.mint("u-42", "u-42", HOUR));
    assertThat(error.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(error.toString()).doesNotContain("wrong-key-of-somebody");
  }

  @Test
  @Tag("P4")
  void aServiceThatIsGoneIsATransientError() {
    TokenMinter minter = minter(backend());
    service.close();
    assertThat(failure(minter.mint("u-42", "u-42", HOUR)).kind())
        .isIn(ErrorKind.UNAVAILABLE, ErrorKind.TIMEOUT);
  }

  private MintedToken mint(String key) {
    return await(minter(backend()).mint(key, "player", HOUR));
  }

  private Bearer bearerOf(MintedToken token) {
    return backend().withApiKey(apiKeyOf(token.authToken()));
  }

  private GrpcMomento as(MintedToken token) {
    return roles(bearerOf(token));
  }

  private static EntitlementsException subscriptionError(GrpcMomento player, String topic) {
    return RecordedSubscription.open(player, topic).request(1).awaitEnd().orElseThrow();
  }

  private static void assertDenied(EntitlementsException error) {
    assertThat(error.kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
  }
}
