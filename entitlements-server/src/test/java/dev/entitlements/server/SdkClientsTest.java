package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failure;
import static dev.entitlements.server.Outcomes.soon;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.Rpc;
import dev.entitlements.local.StreamEnd;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MomentoEndpoint;
import dev.entitlements.server.PublishReceipt.Outcome;
import dev.entitlements.server.internal.sdk.SdkMomento;
import dev.entitlements.testkit.RecordedSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.Configurations;
import momento.sdk.config.ReadConcern;
import momento.sdk.responses.cache.GetResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Publisher, issuer and sessions on a host's own clients of Momento's SDK, unmodified. */
class SdkClientsTest {
  private static final String CACHE = "entitlements";
  private static final String USER = "u-42";

  @RegisterExtension final SdkFace face = new SdkFace();

  private final LocalMomento momento = LocalMomento.builder().cache(CACHE).tls().start();
  private final CredentialProvider credentials = face.credentials(momento, momento.apiKey());
  private final SdkMomento.Clients clients = face.clients(momento, momento.apiKey());
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final GrpcConnection players = GrpcConnection.to(MomentoEndpoint.of(momento.endpoint()));
  private final AtomicLong state = new AtomicLong(1);

  @AfterEach
  void closeAll() throws Exception {
    for (int i = toClose.size() - 1; i >= 0; i--) {
      toClose.get(i).close();
    }
    players.close();
    momento.close();
  }

  @Test
  @Tag("P6")
  void whatIsPublishedIsStoredAndToldAndWhatIsUnchangedWakesNobody() {
    EntitlementPublisher publisher = publisher(onSdkClients(clients.cache()));
    SessionToken session = soon(sessions(publisher).open(USER));
    RecordedSubscription subscription =
        RecordedSubscription.open(as(session), USER).request(100).awaitHeartbeat();

    state.set(2);
    PublishReceipt published = soon(publisher.refresh(USER));
    PublishReceipt unchanged = soon(publisher.refresh(USER));
    state.set(3);
    PublishReceipt again = soon(publisher.refresh(USER));

    assertThat(published.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(unchanged.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.revision()).isGreaterThan(published.revision());
    assertThat(stored()).isEqualTo(again.snapshot());
    subscription.awaitMessages(published.snapshot().toJson(), again.snapshot().toJson());
  }

  @Test
  @Tag("P8")
  void aSessionReadsAndHearsItsOwnAndIsGivenOutAgainWhileItIsGood() {
    EntitlementPublisher publisher = publisher(onSdkClients(clients.cache()));
    EntitlementSessions sessions = sessions(publisher);

    SessionToken session = soon(sessions.open(USER));

    assertThat(session.endpoint())
        .hasToString("https://" + credentials.getCacheEndpoint())
        .isEqualTo(publisher.backend().endpoint());
    assertThat(session.snapshot()).contains(stored());
    assertThat(soon(as(session).get(USER, Consistency.EVENTUAL))).isPresent();
    assertThat(failure(as(session).get("u-4", Consistency.EVENTUAL)).kind())
        .isEqualTo(ErrorKind.PERMISSION_DENIED);

    assertThat(soon(sessions.open(USER)).token()).isEqualTo(session.token());
    momento.faults().expireTokens();
    SessionToken renewed = soon(sessions.open(USER));
    assertThat(renewed.token()).isNotEqualTo(session.token());
    assertThat(soon(as(renewed).get(USER, Consistency.EVENTUAL))).isPresent();
  }

  @Test
  @Tag("P6")
  void transientErrorsAreRepeatedAndTerminalOnesAreNot() {
    EntitlementPublisher publisher = publisher(onSdkClients(clients.cache()));
    TokenIssuer issuer = issuer(publisher.backend());
    momento.faults().on(Rpc.GENERATE_DISPOSABLE_TOKEN).times(1).refuse(StreamEnd.UNAVAILABLE);
    momento.faults().on(Rpc.PUBLISH).times(1).refuse(StreamEnd.UNAVAILABLE);
    momento.faults().on(Rpc.SET_IF_NOT_EXISTS).times(1).loseAnswers(StreamEnd.UNAVAILABLE);

    assertThat(soon(publisher.refresh(USER)).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(soon(issuer.issue(USER))).isNotNull();

    momento.faults().on(Rpc.GENERATE_DISPOSABLE_TOKEN).refuse(StreamEnd.PERMISSION_DENIED);
    assertThat(failure(issuer.issue("u-43")).kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
  }

  @Test
  @Tag("P7")
  void publishersOnOneBackendLoseNothingToEachOther() {
    MomentoBackend backend = onSdkClients(clients.cache());
    List<EntitlementPublisher> publishers =
        List.of(publisher(backend), publisher(backend), publisher(backend), publisher(backend));
    List<CompletableFuture<PublishReceipt>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      state.incrementAndGet();
      calls.add(publishers.get(i % publishers.size()).refresh(USER));
    }
    List<PublishReceipt> receipts = calls.stream().map(Outcomes::soon).toList();

    // The i-th call was made after the state had become i + 2.
    for (int i = 0; i < receipts.size(); i++) {
      assertThat(stateOf(receipts.get(i).snapshot())).isGreaterThanOrEqualTo(i + 2);
    }
    assertThat(stored().revision())
        .isEqualTo(receipts.stream().mapToLong(PublishReceipt::revision).max().orElseThrow());
    assertThat(stateOf(stored())).isEqualTo(state.get());
  }

  @Test
  @Tag("P7")
  void whatAnotherStoresRightAfterTheWriteIsFoundAndComputedAgain() {
    EntitlementPublisher other = publisher(onOwnConnection());
    Interleaving interleaving = new Interleaving();
    EntitlementPublisher publisher = publisher(onSdkClients(cacheClient(interleaving)));
    soon(publisher.refresh(USER));
    state.set(2);
    interleaving
        .before("_SetRequest", () -> {})
        .before("_GetRequest", () -> changeAndRefresh(other, 3));

    PublishReceipt receipt = soon(publisher.refresh(USER));

    assertThat(interleaving.isOver()).isTrue();
    assertThat(stateOf(receipt.snapshot())).isEqualTo(3);
    assertThat(stored()).isEqualTo(receipt.snapshot());
  }

  /** What MomentoBackend.Builder.sdkClients warns of: the SDK has no compare-and-set. */
  @Test
  @Tag("P7")
  void whatAnotherStoresRightBeforeTheWriteIsOverwrittenUntilTheNextRefresh() {
    EntitlementPublisher other = publisher(onOwnConnection());
    Interleaving interleaving = new Interleaving();
    EntitlementPublisher publisher = publisher(onSdkClients(cacheClient(interleaving)));
    soon(publisher.refresh(USER));
    state.set(2);
    interleaving.before("_SetRequest", () -> changeAndRefresh(other, 3));

    soon(publisher.refresh(USER));

    assertThat(interleaving.isOver()).isTrue();
    assertThat(stateOf(stored())).isEqualTo(2);
    soon(publisher.refresh(USER));
    assertThat(stateOf(stored())).isEqualTo(3);
  }

  @Test
  @Tag("P7")
  void whatIsStoredByWhoSawNothingIsNeverOverwritten() {
    EntitlementPublisher other = publisher(onOwnConnection());
    Interleaving interleaving = new Interleaving();
    EntitlementPublisher publisher = publisher(onSdkClients(cacheClient(interleaving)));
    interleaving.before("_SetIfNotExistsRequest", () -> changeAndRefresh(other, 3));

    PublishReceipt receipt = soon(publisher.refresh(USER));

    assertThat(interleaving.isOver()).isTrue();
    assertThat(stateOf(receipt.snapshot())).isEqualTo(3);
    assertThat(stored()).isEqualTo(receipt.snapshot());
  }

  @Test
  @Tag("P9")
  void toCloseTheBackendLeavesTheHostsClientsOpenAndNoThreadOfOurs() {
    MomentoBackend backend = onSdkClients(clients.cache());
    EntitlementPublisher publisher = publisher(backend);
    soon(sessions(publisher).open(USER));

    backend.close();

    assertThat(failure(publisher.refresh(USER)).kind()).isEqualTo(ErrorKind.CLOSED);
    assertThat(failure(issuer(backend).issue("u-43")).kind()).isEqualTo(ErrorKind.CLOSED);
    assertThat(soon(clients.cache().get(CACHE, USER))).isInstanceOf(GetResponse.Hit.class);
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("entitlements-sdk-")));
  }

  private MomentoBackend onSdkClients(CacheClient cacheClient) {
    return closing(
        MomentoBackend.builder(credentials, CACHE)
            .sdkClients(cacheClient, clients.topics(), clients.auth())
            .build());
  }

  private MomentoBackend onOwnConnection() {
    return closing(MomentoBackend.connect(momento.credentials(), CACHE));
  }

  private CacheClient cacheClient(Interleaving interleaving) {
    return closing(
        CacheClient.create(
            credentials,
            Configurations.Laptop.latest()
                .withReadConcern(ReadConcern.CONSISTENT)
                .withMiddleware(interleaving),
            Duration.ofMinutes(1)));
  }

  private EntitlementPublisher publisher(MomentoBackend backend) {
    return closing(
        EntitlementPublisher.builder(
                backend, user -> CompletableFuture.completedFuture(content(user)))
            .build());
  }

  private EntitlementSessions sessions(EntitlementPublisher publisher) {
    return EntitlementSessions.of(publisher, issuer(publisher.backend()));
  }

  private TokenIssuer issuer(MomentoBackend backend) {
    return closing(TokenIssuer.builder(backend).build());
  }

  private void changeAndRefresh(EntitlementPublisher publisher, long newState) {
    state.set(newState);
    soon(publisher.refresh(USER));
  }

  private Entitlements.Content content(String user) {
    return Entitlements.Content.of(
        user, Entitlement.builder("premium").limit("state", state.get()).build());
  }

  private static long stateOf(Entitlements snapshot) {
    return snapshot.entitlement("premium").orElseThrow().limit("state").orElseThrow();
  }

  private Entitlements stored() {
    GrpcMomento owner = players.as(Credential.ofApiKey(momento.apiKey()), CACHE);
    return Entitlements.fromJson(
        new String(soon(owner.get(USER, Consistency.CONSISTENT)).orElseThrow(), UTF_8));
  }

  private GrpcMomento as(SessionToken session) {
    return players.as(Credential.ofAuthToken(session.token()), CACHE);
  }

  private <T extends AutoCloseable> T closing(T it) {
    toClose.add(it);
    return it;
  }
}
