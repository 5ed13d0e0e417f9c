package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.momento.CacheReader.Consistency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

@Tag("P7")
class ConcurrentPublishersTest extends LocalMomentoTestBase {
  private static final int PROCESSES = 8;
  private static final int CHANGES = 10;
  private static final String USER = "u-42";

  private final AtomicLong state = new AtomicLong();

  @RepeatedTest(3)
  void cacheEndsOnTheHighestRevisionHandedOutAndOnTheNewestState() throws Exception {
    List<PublishReceipt> receipts = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(PROCESSES);
    try {
      CyclicBarrier start = new CyclicBarrier(PROCESSES);
      List<Future<List<PublishReceipt>>> processes = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(
            threads.submit(
                () -> {
                  start.await(10, TimeUnit.SECONDS);
                  return changeAndRefresh();
                }));
      }
      for (Future<List<PublishReceipt>> process : processes) {
        receipts.addAll(process.get(60, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdownNow();
    }

    Entitlements stored =
        Entitlements.fromJson(
            new String(
                soon(backend.roles().reader().get(USER, Consistency.CONSISTENT)).orElseThrow(),
                java.nio.charset.StandardCharsets.UTF_8));
    assertThat(stored.revision())
        .isEqualTo(receipts.stream().mapToLong(PublishReceipt::revision).max().orElseThrow());
    assertThat(stateOf(stored)).isEqualTo(PROCESSES * CHANGES);
    List<Long> published =
        receipts.stream()
            .filter(r -> r.outcome() == PublishReceipt.Outcome.PUBLISHED)
            .map(PublishReceipt::revision)
            .toList();
    assertThat(new HashSet<>(published)).hasSameSizeAs(published);
  }

  /** A process of its own, but for the machine: nothing is shared with the others but the state. */
  private List<PublishReceipt> changeAndRefresh() {
    try (MomentoBackend own = MomentoBackend.connect(momento.credentials(), CACHE);
        EntitlementPublisher publisher =
            EntitlementPublisher.builder(own, userId -> CompletableFuture.completedFuture(read()))
                .callDeadline(Duration.ofSeconds(60))
                .build()) {
      List<PublishReceipt> receipts = new ArrayList<>();
      for (int i = 0; i < CHANGES; i++) {
        long mine = state.incrementAndGet();
        PublishReceipt receipt = soon(publisher.refresh(USER));
        assertThat(stateOf(receipt.snapshot())).isGreaterThanOrEqualTo(mine);
        receipts.add(receipt);
      }
      return receipts;
    }
  }

  private Entitlements.Content read() {
    return Entitlements.Content.of(
        USER, Entitlement.builder("premium").limit("state", state.get()).build());
  }

  private static long stateOf(Entitlements snapshot) {
    return snapshot.entitlement("premium").orElseThrow().limit("state").orElseThrow();
  }
}
