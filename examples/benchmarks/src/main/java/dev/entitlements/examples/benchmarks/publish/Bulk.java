package dev.entitlements.examples.benchmarks.publish;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.kit.Heap;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import dev.entitlements.server.BulkListener;
import dev.entitlements.server.BulkOptions;
import dev.entitlements.server.BulkReport;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.MomentoBackend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import momento.sdk.auth.CredentialProvider;

/**
 * Refreshes very many users, once each, and looks at the heap on the way: while the stream of ids
 * is asked for the next, so nothing but what is under way can be in use.
 */
final class Bulk {
  private static final int LOOKS = 5;

  private final int users;
  private final List<Long> heap = Collections.synchronizedList(new ArrayList<>());

  Bulk(int users) {
    this.users = users;
  }

  /**
   * Runs it to its end.
   *
   * @return users per second, the looks at the heap not counted
   */
  double run(CredentialProvider credentials, Document document)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (MomentoBackend momento = MomentoBackend.connect(credentials, World.CACHE);
        EntitlementPublisher publisher =
            EntitlementPublisher.builder(
                    momento, user -> CompletableFuture.completedFuture(document.content(user, 1)))
                // The default for the full run, so that the memory is full at the first look.
                .maxRememberedUsers(users / 10)
                .build()) {
      long[] looking = new long[1];
      long begun = System.nanoTime();
      BulkReport report =
          publisher
              .refreshAll(ids(looking), BulkOptions.defaults(), BulkListener.NONE)
              .get(120, TimeUnit.SECONDS);
      double seconds = (System.nanoTime() - begun - looking[0]) / 1e9;
      if (report.progress().failed() > 0 || heap.size() != LOOKS) {
        throw new BenchmarkFailed("The bulk run ended otherwise: " + report);
      }
      return users / seconds;
    }
  }

  /** One thread at a time pulls. */
  private Stream<String> ids(long[] looking) {
    int step = users / LOOKS;
    return LongStream.rangeClosed(1, users)
        .mapToObj(
            i -> {
              if (i % step == 0) {
                long begun = System.nanoTime();
                heap.add(Heap.used());
                looking[0] += System.nanoTime() - begun;
              }
              return "bulk-viewer-" + i;
            });
  }

  /** From the first look, a fifth of the way, to the most of all later ones; in bytes. */
  long heapGrowth() {
    return Collections.max(heap.subList(1, heap.size())) - heap.get(0);
  }

  int looks() {
    return heap.size();
  }
}
