package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failure;
import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.ErrorKind;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RefreshAllOverASocketTest extends LocalMomentoTestBase {
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  @Test
  @Tag("P10")
  void streamIsPulledListenerToldAndAllStoredOnThePublishersThreads() throws Exception {
    BulkListener listener =
        new BulkListener() {
          @Override
          public void onEnd(BulkReport report) {
            noteThread();
          }
        };
    try (EntitlementPublisher publisher = publisher()) {
      BulkReport report =
          soon(publisher.refreshAll(users("bulk-", 300), BulkOptions.defaults(), listener));

      assertThat(report.progress().published()).isEqualTo(300);
      assertThat(threads).allMatch(name -> name.startsWith("entitlements-publisher"));
      assertThat(closed.getCount()).isZero();
      assertThat(
              soon(publisher.refreshAll(users("bulk-", 300), BulkOptions.defaults(), listener))
                  .progress()
                  .unchanged())
          .isEqualTo(300);
    }
  }

  @Test
  @Tag("P9")
  void closeInTheMiddleEndsTheRunAndTheStream() throws Exception {
    EntitlementPublisher publisher = publisher();
    CompletableFuture<BulkReport> future =
        publisher.refreshAll(
            Stream.iterate(0, i -> i + 1).map(i -> "endless-" + i % 50).onClose(closed::countDown),
            BulkOptions.builder().concurrency(8).build(),
            BulkListener.NONE);

    publisher.close();

    assertThat(failure(future).kind()).isEqualTo(ErrorKind.CLOSED);
    closed.await();
  }

  private Stream<String> users(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> prefix + i)
        .peek(id -> noteThread())
        .onClose(closed::countDown);
  }

  private void noteThread() {
    threads.add(Thread.currentThread().getName());
  }

  private EntitlementPublisher publisher() {
    return EntitlementPublisher.builder(
            backend, u -> CompletableFuture.completedFuture(content(u, "premium")))
        .build();
  }
}
