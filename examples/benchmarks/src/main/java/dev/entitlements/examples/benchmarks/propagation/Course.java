package dev.entitlements.examples.benchmarks.propagation;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.kit.FixedRate;
import dev.entitlements.examples.benchmarks.kit.Samples;
import dev.entitlements.examples.benchmarks.peers.Peer;
import dev.entitlements.examples.benchmarks.peers.Pipeline;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One peer with its players, through which states are sent. */
final class Course implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Peer peer;
  private final List<String> users;
  private final Flights flights = new Flights();
  private Samples samples = new Samples();
  private final Pipeline pipeline;
  // The sending thread's: the last publish of each user.
  private final Map<String, CompletableFuture<?>> publishing = new HashMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * Connects the peer.
   *
   * @param players so many that a user's state hardly ever follows one that is still being
   *     published
   */
  Course(Peer peer, World world, int players) throws Exception {
    this.peer = peer;
    // Of its own: what one peer stores is no document for another.
    this.users =
        IntStream.rangeClosed(1, players).mapToObj(i -> peer.name() + "-viewer-" + i).toList();
    this.pipeline = peer.open(world, users, flights);
  }

  Peer peer() {
    return peer;
  }

  Samples samples() {
    return samples;
  }

  /** Forgets what was recorded. */
  void reset() {
    samples = new Samples();
    flights.recordTo(samples);
  }

  /** Sends states at a fixed rate, one user after the other; returns once all have arrived. */
  void send(Document document, int states, Duration interval) throws InterruptedException {
    FixedRate.run(
        states,
        interval,
        (i, due) -> {
          String user = users.get(i % users.size());
          long number = flights.depart(user, due);
          publishing.put(
              user, after(publishing.get(user), () -> pipeline.publish(user, document, number)));
        });
    try {
      flights.awaitAll(LIMIT);
    } catch (BenchmarkFailed e) {
      Throwable cause = failure.get();
      throw cause == null
          ? new BenchmarkFailed(peer.name(), e)
          : new BenchmarkFailed(peer.name() + " could not publish", cause);
    }
  }

  /** One user's states are published in their order: two at a time could overtake each other. */
  private CompletableFuture<?> after(
      @Nullable CompletableFuture<?> before, Supplier<CompletableFuture<?>> publish) {
    CompletableFuture<?> publishes =
        before == null ? publish.get() : before.thenCompose(done -> publish.get());
    return publishes.whenComplete((done, error) -> failure.compareAndSet(null, error));
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
