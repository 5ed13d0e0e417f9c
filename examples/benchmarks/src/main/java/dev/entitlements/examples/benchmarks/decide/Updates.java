package dev.entitlements.examples.benchmarks.decide;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.EntitlementSessions;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.TokenIssuer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import momento.sdk.auth.CredentialProvider;

/** Changes one user's entitlements at a fixed rate, or as fast as they can be published. */
final class Updates implements AutoCloseable {
  private final String user;
  private final MomentoBackend momento;
  private final EntitlementPublisher publisher;
  private final TokenIssuer issuer;
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong number = new AtomicLong();
  // The ticking thread's.
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  Updates(CredentialProvider credentials, String user, Document document) {
    this.user = user;
    momento = MomentoBackend.connect(credentials, World.CACHE);
    publisher =
        EntitlementPublisher.builder(
                momento,
                id ->
                    CompletableFuture.completedFuture(
                        document.content(id, number.incrementAndGet())))
            .build();
    issuer = TokenIssuer.builder(momento).mintsPerSecond(0).build();
  }

  /** The user logs in. */
  SessionToken open() {
    return EntitlementSessions.of(publisher, issuer)
        .open(user)
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  void begin(Duration interval) {
    ticks.scheduleAtFixedRate(this::tick, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void tick() {
    if (last.isDone()) {
      last = publisher.refresh(user);
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    issuer.close();
    publisher.close();
    momento.close();
  }
}
