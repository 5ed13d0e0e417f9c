package dev.entitlements.server.soak;

import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.MomentoCredentials;
import dev.entitlements.server.PublishReceipt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A backend's process. It waits for a line, then each of its threads changes the truth and
 * refreshes, again and again, and repeats each refresh that fails until it succeeds. With the next
 * line, or the end of input, it changes nothing more, and reports what it handed out.
 */
final class PublisherProcess {
  private final Truth.Client truth;
  private final EntitlementPublisher publisher;
  private final Map<String, Map<Long, Long>> published = new ConcurrentHashMap<>();
  private final Map<String, Long> highest = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong unchanged = new AtomicLong();
  private volatile boolean isStopped;

  private PublisherProcess(Truth.Client truth, MomentoBackend backend) {
    this.truth = truth;
    this.publisher =
        EntitlementPublisher.builder(
                backend, userId -> CompletableFuture.completedFuture(truth.content(userId)))
            .build();
  }

  /** Arguments: endpoint, API key, cache, truth, threads, users, seed. */
  public static void main(String[] args) throws Exception {
    try (MomentoBackend backend =
        MomentoBackend.connect(MomentoCredentials.of(args[1], args[0]), args[2])) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      PublisherProcess process =
          new PublisherProcess(new Truth.Client(URI.create(args[3])), backend);
      if (in.readLine() != null) {
        process.run(
            in, Integer.parseInt(args[4]), Integer.parseInt(args[5]), Long.parseLong(args[6]));
        process.report();
      }
    }
    // The JDK's HTTP client keeps a thread.
    System.exit(0);
  }

  private void run(BufferedReader in, int threads, int users, long seed)
      throws IOException, InterruptedException {
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      Random random = new Random(seed + i);
      callers.execute(
          () -> {
            while (!isStopped) {
              changeAndRefresh("user-" + random.nextInt(users));
            }
          });
    }
    callers.shutdown();
    String unused = in.readLine();
    isStopped = true;
    if (!callers.awaitTermination(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("calls do not succeed");
    }
  }

  private void changeAndRefresh(String userId) {
    truth.change(userId);
    while (true) {
      calls.incrementAndGet();
      try {
        note(publisher.refresh(userId).join());
        return;
      } catch (CompletionException e) {
        failures.incrementAndGet();
        System.out.println("failed " + e.getCause());
      }
    }
  }

  private void note(PublishReceipt receipt) {
    if (highest.isEmpty()) {
      System.out.println("ready");
    }
    highest.merge(receipt.userId(), receipt.revision(), Math::max);
    if (receipt.outcome() == PublishReceipt.Outcome.PUBLISHED) {
      published
          .computeIfAbsent(receipt.userId(), id -> new ConcurrentHashMap<>())
          .put(receipt.revision(), Truth.versionIn(receipt.snapshot()));
    } else {
      unchanged.incrementAndGet();
    }
  }

  private void report() {
    published.forEach(
        (userId, versions) ->
            versions.forEach(
                (revision, version) ->
                    System.out.println("published " + userId + " " + revision + " " + version)));
    highest.forEach((userId, revision) -> System.out.println("highest " + userId + " " + revision));
    System.out.println("calls " + calls + " " + failures + " " + unchanged);
  }
}
