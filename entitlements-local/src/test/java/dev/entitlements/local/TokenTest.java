package dev.entitlements.local;

import static dev.entitlements.local.Errors.assertFails;
import static dev.entitlements.local.Errors.assertLimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import grpc.cache_client.ECacheResult;
import grpc.cache_client._PingRequest;
import grpc.permission_messages.CacheRole;
import grpc.permission_messages.Permissions;
import grpc.permission_messages.PermissionsType;
import grpc.permission_messages.SuperUserPermissions;
import grpc.permission_messages.TopicRole;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import momento.token._GenerateDisposableTokenRequest;
import momento.token._GenerateDisposableTokenResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P8")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenTest {
  private static final Permissions READ_ALL =
      Permits.of(
          Permits.noKeys(CacheRole.CacheReadOnly, null),
          Permits.allTopics(TopicRole.TopicReadWrite, null));

  private final MutableClock clock = new MutableClock();
  private LocalMomento momento;
  private Client owner;

  @BeforeAll
  void start() {
    momento = LocalMomento.builder().clock(clock).start();
    owner = new Client(momento, momento.apiKey());
  }

  @AfterAll
  void stop() {
    owner.close();
    momento.close();
  }

  @Test
  void aTokenNamesItsEndpointAndItsEnd() {
    _GenerateDisposableTokenResponse minted = owner.mint(READ_ALL, 3_600, "u-1");
    assertThat(minted.getEndpoint()).isEqualTo("127.0.0.1:" + momento.port());
    assertThat(minted.getValidUntil()).isEqualTo(clock.instant().getEpochSecond() + 3_600);
    assertThat(minted.getApiKey()).isNotEmpty();
  }

  @Test
  void aTokenRunsOut() {
    try (Client bearer = bearer(READ_ALL, 60, "")) {
      assertThat(bearer.get("k").getResult()).isEqualTo(ECacheResult.Miss);
      clock.advance(Duration.ofSeconds(59));
      assertThat(bearer.get("k").getResult()).isEqualTo(ECacheResult.Miss);
      clock.advance(Duration.ofSeconds(1));
      assertFails(Status.Code.UNAUTHENTICATED, () -> bearer.get("k"));
      assertFails(
          Status.Code.UNAUTHENTICATED, () -> bearer.ping().ping(_PingRequest.getDefaultInstance()));
    }
  }

  @Test
  @Tag("P4")
  void aStreamEndsWhenItsTokenDoes() {
    try (Client bearer = bearer(READ_ALL, 60, "")) {
      Stream stream = bearer.subscribe("t").active();
      Stream other = owner.subscribe("t").active();
      clock.advance(Duration.ofSeconds(60));
      assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      owner.publish("t", "still here");
      assertThat(other.text()).isEqualTo("still here");
      other.cancel();
    }
  }

  @Test
  void aStreamCanBeLetGoOnBeyondItsToken() {
    try (LocalMomento lenient =
            LocalMomento.builder().clock(clock).endStreamsAtTokenExpiry(false).start();
        Client its = new Client(lenient, lenient.apiKey());
        Client bearer = new Client(lenient, its.mint(READ_ALL, 60, "").getApiKey())) {
      Stream stream = bearer.subscribe("t").active();
      clock.advance(Duration.ofSeconds(61));
      its.publish("t", "after");
      assertThat(stream.text()).isEqualTo("after");
      assertThat(stream.hasEnded()).isFalse();
    }
  }

  @Test
  void subscribersSeeTheTokenIdOfThePublisher() {
    try (Client bearer = bearer(READ_ALL, 60, "u-42")) {
      Stream stream = owner.subscribe("ids").active();
      bearer.publish("ids", "hello");
      assertThat(stream.message().getPublisherId()).isEqualTo("u-42");
      stream.cancel();
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "wrong-key",
        "dev-key2",
        "a.b.c",
        "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJleHAiOjk5OTk5OTk5OTl9."
      })
  void wrongCredentialsAreRefused(String credential) {
    try (Client stranger = new Client(momento, credential)) {
      assertFails(Status.Code.UNAUTHENTICATED, () -> stranger.get("k"));
      assertFails(Status.Code.UNAUTHENTICATED, () -> stranger.publish("t", "v"));
      assertFails(
          Status.Code.UNAUTHENTICATED,
          () -> stranger.ping().ping(_PingRequest.getDefaultInstance()));
      assertThat(stranger.subscribe("t").end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  void anAlteredTokenIsRefused() {
    String token = owner.mint(READ_ALL, 60, "u-1").getApiKey();
    String[] parts = token.split("\\.", -1);
    String longer =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replaceFirst("\"exp\":\\d+", "\"exp\":9999999999");
    String forged =
        parts[0]
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(longer.getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[2];
    for (String bad :
        new String[] {forged, token + "A", token.substring(1), parts[0] + "." + parts[1] + "."}) {
      try (Client forger = new Client(momento, bad)) {
        assertFails(Status.Code.UNAUTHENTICATED, () -> forger.get("k"));
      }
    }
  }

  @Test
  void aTokenOfAnotherServerIsRefused() {
    try (LocalMomento other = LocalMomento.builder().clock(clock).start();
        Client stranger = new Client(other, owner.mint(READ_ALL, 60, "").getApiKey())) {
      assertFails(Status.Code.UNAUTHENTICATED, () -> stranger.get("k"));
    }
  }

  @Test
  void aTokenSurvivesARestart() {
    String token = owner.mint(READ_ALL, 60, "").getApiKey();
    momento.faults().restart(Duration.ZERO, true).join();
    try (Client bearer = new Client(momento, token)) {
      assertThat(bearer.get("k").getResult()).isEqualTo(ECacheResult.Miss);
    }
    await().ignoreExceptions().until(() -> owner.get("k") != null);
  }

  @Test
  void onlyTheApiKeyMints() {
    String token = owner.mint(READ_ALL, 60, "").getApiKey();
    _GenerateDisposableTokenRequest.Builder request = Client.mintRequest(READ_ALL, 60, "");
    try (Client bearer = new Client(momento, token);
        Client nobody = new Client(momento, null)) {
      assertFails(
          Status.Code.PERMISSION_DENIED,
          () -> bearer.tokens().generateDisposableToken(request.build()));
      assertFails(
          Status.Code.PERMISSION_DENIED,
          () -> nobody.tokens().generateDisposableToken(request.setAuthToken(token).build()));
      assertFails(
          Status.Code.UNAUTHENTICATED,
          () -> nobody.tokens().generateDisposableToken(request.setAuthToken("").build()));
      assertFails(
          Status.Code.UNAUTHENTICATED,
          () -> nobody.tokens().generateDisposableToken(request.setAuthToken("wrong").build()));
    }
    assertThat(owner.tokens().generateDisposableToken(request.setAuthToken("").build()).getApiKey())
        .as("by the header")
        .isNotEmpty();
  }

  @Test
  void aTokenLivesAtMostTwentyFiveHours() {
    owner.mint(READ_ALL, 25 * 3600, "");
    assertFails(Status.Code.INVALID_ARGUMENT, () -> owner.mint(READ_ALL, 25 * 3600 + 1, ""));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> owner.mint(READ_ALL, 0, ""));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> owner.mint(READ_ALL, -1, ""));
  }

  @Test
  void aTokenIdHasAtMostSixtyFourCharacters() {
    owner.mint(READ_ALL, 60, "x".repeat(64));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> owner.mint(READ_ALL, 60, "x".repeat(65)));
  }

  @Test
  void aTokenHasOneToTwentyPermissions() {
    PermissionsType one = Permits.key(CacheRole.CacheReadOnly, Client.CACHE, "k");
    owner.mint(Permits.of(Collections.nCopies(20, one).toArray(PermissionsType[]::new)), 60, "");
    assertFails(
        Status.Code.INVALID_ARGUMENT,
        () ->
            owner.mint(
                Permits.of(Collections.nCopies(21, one).toArray(PermissionsType[]::new)), 60, ""));
    assertFails(Status.Code.INVALID_ARGUMENT, () -> owner.mint(Permits.of(), 60, ""));
    assertFails(
        Status.Code.INVALID_ARGUMENT, () -> owner.mint(Permissions.getDefaultInstance(), 60, ""));
  }

  @Test
  void aTokenIsNeverASuperUsers() {
    Permissions superUser =
        Permissions.newBuilder().setSuperUser(SuperUserPermissions.SuperUser).build();
    assertFails(Status.Code.INVALID_ARGUMENT, () -> owner.mint(superUser, 60, ""));
  }

  @Test
  void permissionsThatSayNothingAreRefused() {
    PermissionsType noCache =
        PermissionsType.newBuilder()
            .setCachePermissions(PermissionsType.CachePermissions.newBuilder().setRoleValue(2))
            .build();
    PermissionsType noTopic =
        PermissionsType.newBuilder()
            .setTopicPermissions(
                PermissionsType.TopicPermissions.newBuilder()
                    .setRoleValue(2)
                    .setAllCaches(PermissionsType.All.getDefaultInstance()))
            .build();
    for (PermissionsType type :
        new PermissionsType[] {
          noCache,
          noTopic,
          PermissionsType.getDefaultInstance(),
          Permits.key(CacheRole.CacheReadOnly, "", "k"),
          Permits.key(CacheRole.CacheReadOnly, Client.CACHE, ""),
          Permits.topicPrefix(TopicRole.TopicReadOnly, Client.CACHE, "")
        }) {
      assertFails(Status.Code.INVALID_ARGUMENT, () -> owner.mint(Permits.of(type), 60, ""));
    }
  }

  @Test
  @Tag("P6")
  void theCloudsQuotasAreHeldToWhenAskedFor() {
    MutableClock still = new MutableClock();
    try (LocalMomento strict =
            LocalMomento.builder().clock(still).quotas(Quotas.cloudDefaults()).start();
        Client client = new Client(strict, strict.apiKey())) {
      for (int i = 0; i < 5; i++) {
        client.mint(READ_ALL, 60, "");
      }
      assertLimited("operations_rate_limit_exceeded", () -> client.mint(READ_ALL, 60, ""));
      for (int i = 0; i < 10; i++) {
        client.publish("t", "m");
      }
      assertLimited("operations_rate_limit_exceeded", () -> client.publish("t", "m"));
      still.advance(Duration.ofSeconds(1));
      client.mint(READ_ALL, 60, "");
      client.publish("t", "x".repeat(4096));
    }
  }

  @Test
  @Tag("P4")
  void aDeliveryBeyondTheQuotaIsADiscontinuity() {
    MutableClock still = new MutableClock();
    try (LocalMomento strict =
            LocalMomento.builder().clock(still).quotas(new Quotas(3, 100, 5)).start();
        Client client = new Client(strict, strict.apiKey())) {
      Stream stream = client.subscribe("t").active();
      client.publish("t", "1");
      client.publish("t", "2");
      still.advance(Duration.ofSeconds(1));
      client.publish("t", "3");
      assertThat(stream.text()).isEqualTo("1");
      assertThat(stream.discontinuity().getNewTopicSequence()).isEqualTo(3);
      assertThat(stream.text()).isEqualTo("3");
    }
  }

  @Test
  void subscriptionsBeyondTheQuotaAreRefused() {
    try (LocalMomento strict = LocalMomento.builder().quotas(new Quotas(10, 2, 5)).start();
        Client client = new Client(strict, strict.apiKey())) {
      Stream first = client.subscribe("t").active();
      client.subscribe("t").active();
      assertThat(client.subscribe("t").end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      first.cancel();
      await().until(() -> client.subscribe("t").isAccepted());
    }
  }

  private Client bearer(Permissions permissions, int seconds, String tokenId) {
    return new Client(momento, owner.mint(permissions, seconds, tokenId).getApiKey());
  }
}
