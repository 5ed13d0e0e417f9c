package dev.entitlements.examples.benchmarks.publish;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.PublishReceipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import momento.sdk.auth.CredentialProvider;

/**
 * Refreshes by this library, with its defaults, from a source that says another thing each time.
 */
final class OurSender implements Sender {
  private final MomentoBackend momento;
  private final EntitlementPublisher publisher;
  private final List<String> users;
  private int turn;

  OurSender(CredentialProvider credentials, List<String> users, Document document) {
    this.users = users;
    AtomicLong number = new AtomicLong();
    momento = MomentoBackend.connect(credentials, World.CACHE);
    publisher =
        EntitlementPublisher.builder(
                momento,
                user ->
                    CompletableFuture.completedFuture(
                        document.content(user, number.incrementAndGet())))
            .build();
  }

  @Override
  public CompletableFuture<?> next() {
    return publisher
        .refresh(users.get(turn++ % users.size()))
        .thenAccept(
            receipt -> {
              if (receipt.outcome() != PublishReceipt.Outcome.PUBLISHED) {
                throw new BenchmarkFailed("A refresh ended otherwise: " + receipt);
              }
            });
  }

  @Override
  public void close() {
    publisher.close();
    momento.close();
  }
}
