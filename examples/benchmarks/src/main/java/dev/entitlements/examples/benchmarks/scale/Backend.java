package dev.entitlements.examples.benchmarks.scale;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import dev.entitlements.server.BulkListener;
import dev.entitlements.server.BulkOptions;
import dev.entitlements.server.BulkReport;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.EntitlementSource;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.TokenIssuer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import momento.sdk.auth.CredentialProvider;

/** A backend that has another state of a user each time it is asked. */
final class Backend implements AutoCloseable {
  private static final Document DOCUMENT = new Document(600);

  private final AtomicLong number = new AtomicLong();
  private final MomentoBackend momento;
  private final EntitlementPublisher publisher;
  private final EntitlementPublisher forgetful;
  private final TokenIssuer issuer;

  Backend(CredentialProvider credentials) {
    momento = MomentoBackend.connect(credentials, World.CACHE);
    EntitlementSource source =
        user -> CompletableFuture.completedFuture(DOCUMENT.content(user, number.incrementAndGet()));
    publisher = EntitlementPublisher.builder(momento, source).build();
    forgetful = EntitlementPublisher.builder(momento, source).maxRememberedUsers(0).build();
    issuer = TokenIssuer.builder(momento).mintsPerSecond(0).build();
  }

  /** The number of the state that the next publish will have. */
  long nextNumber() {
    return number.get() + 1;
  }

  void publish(String user, Document document) {
    publisher
        .publish(document.content(user, number.incrementAndGet()))
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  /** Of a user whose document is remembered, if the user was among the last 10,000. */
  void refresh(String user) {
    publisher.refresh(user).orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** By a publisher that remembers nobody, and so has to read first. */
  void refreshUnremembered(String user) {
    forgetful.refresh(user).orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Those of the numbered users. */
  BulkReport refreshAll(int from, int to) {
    return publisher
        .refreshAll(
            IntStream.range(from, to).mapToObj(Backend::user),
            BulkOptions.defaults(),
            BulkListener.NONE)
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  static String user(int i) {
    return "viewer-" + i;
  }

  CompletionStage<SessionToken> login(String user) {
    return issuer.issue(user);
  }

  @Override
  public void close() {
    issuer.close();
    forgetful.close();
    publisher.close();
    momento.close();
  }
}
