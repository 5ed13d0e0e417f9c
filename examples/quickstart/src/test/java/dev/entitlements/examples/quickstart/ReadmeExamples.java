package dev.entitlements.examples.quickstart;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementWatcher;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.server.BulkFailure;
import dev.entitlements.server.BulkListener;
import dev.entitlements.server.BulkOptions;
import dev.entitlements.server.BulkReport;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.EntitlementSessions;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.MomentoCredentials;
import dev.entitlements.server.PublishReceipt;
import dev.entitlements.server.TokenIssuer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import momento.sdk.AuthClient;
import momento.sdk.CacheClient;
import momento.sdk.TopicClient;
import momento.sdk.auth.CredentialProvider;

/**
 * The code that README shows, so that it compiles; {@link ReadmeTest} holds that the two are the
 * same.
 */
final class ReadmeExamples {
  private ReadmeExamples() {}

  static void backend(Database database) {
    MomentoBackend momento =
        MomentoBackend.connect(MomentoCredentials.fromEnvironment(), "entitlements");
    EntitlementPublisher publisher =
        EntitlementPublisher.builder(momento, userId -> database.entitlementsOf(userId)).build();
    TokenIssuer issuer = TokenIssuer.builder(momento).build();
    EntitlementSessions sessions = EntitlementSessions.of(publisher, issuer);

    // POST /login: stores her entitlements and answers with a token, the snapshot inside.
    CompletableFuture<String> loginAnswer = sessions.open("u-42").thenApply(SessionToken::toJson);

    // After checkout, a refund, a change of plan: computes, stores and notifies.
    CompletableFuture<PublishReceipt> receipt = publisher.refresh("u-42");
    CompletableFuture.allOf(loginAnswer, receipt).join();
  }

  static void everybody(EntitlementPublisher publisher, Database database, List<String> failed) {
    CompletableFuture<BulkReport> report =
        publisher.refreshAll(
            database.userIds(),
            BulkOptions.builder().usersPerSecond(200).build(),
            new BulkListener() {
              @Override
              public void onFailure(BulkFailure failure) {
                failed.add(failure.userId());
              }
            });
    report.join();
  }

  static Entitlements.Content versioned(String userId, Row row) {
    return Entitlements.Content.builder(userId).revision(row.version()).build();
  }

  static void onClientsOfTheHosts(
      CredentialProvider credentials,
      CacheClient cacheClient,
      TopicClient topicClient,
      AuthClient authClient) {
    MomentoBackend lent =
        MomentoBackend.builder(credentials, "entitlements")
            .sdkClients(cacheClient, topicClient, authClient)
            .build();
    lent.close();
  }

  static Entitlements.Content content(String userId, Instant paidUntil) {
    Entitlements.Content content =
        Entitlements.Content.of(
            userId,
            Entitlement.builder("premium").validUntil(paidUntil).limit("streams", 4).build(),
            Entitlement.of("free"));
    return content;
  }

  static void player(LoginCall backend, Screen screen) {
    EntitlementWatcher watcher =
        EntitlementWatcher.builder(() -> backend.login().thenApply(SessionToken::fromJson)).build();
    watcher.addListener(change -> screen.show(change.current(), change.added(), change.removed()));
    watcher.start();

    // Anywhere, any time: reads memory only.
    if (watcher.isEntitled("premium")) {
      screen.play();
    }
    if (watcher.status().state() == WatcherStatus.State.STALE) {
      screen.hint("offline since " + watcher.status().since());
    }

    watcher.close();
  }

  static void withNoMomentoAtHand(Database database) {
    try (LocalMomento momento = LocalMomento.start();
        MomentoBackend backend = MomentoBackend.connect(momento.credentials(), "entitlements")) {
      EntitlementPublisher.builder(backend, database::entitlementsOf).build().close();
      momento.faults().dropConnections();
    }
  }

  /** The host's own. */
  interface Database {
    CompletionStage<Entitlements.Content> entitlementsOf(String userId);

    Stream<String> userIds();
  }

  /** The host's own. */
  interface Row {
    long version();
  }

  /** The host's own. */
  interface LoginCall {
    CompletionStage<String> login();
  }

  /** The host's own. */
  interface Screen {
    void show(Entitlements current, Set<String> added, Set<String> removed);

    void play();

    void hint(String text);
  }
}
