package dev.entitlements.client.chaos;

import dev.entitlements.client.chaos.ChaosBackend.Way;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Injects faults, one or a few at a time, and measures how long the fleet takes to be right. */
final class Chaos {
  private static final Duration TOO_LONG = Duration.ofSeconds(60);

  private final ChaosBackend backend;
  private final Fleet fleet;
  private final Recoveries recoveries;
  private final Random random;

  Chaos(ChaosBackend backend, Fleet fleet, Recoveries recoveries, Random random) {
    this.backend = backend;
    this.fleet = fleet;
    this.recoveries = recoveries;
    this.random = random;
  }

  /** One round: a fault by itself, or some that overlap. */
  void round(List<Fault> kinds) {
    if (random.nextInt(3) > 0) {
      Fault fault = kinds.get(random.nextInt(kinds.size()));
      inject(Stream.of(fault));
      measure(fault.name());
    } else {
      int several = 2 + random.nextInt(3);
      inject(random.ints(several, 0, kinds.size()).mapToObj(kinds::get));
      measure("(" + several + " faults at once)");
    }
    Pause.of(Duration.ofMillis(random.nextInt(200)));
  }

  private void inject(Stream<Fault> faults) {
    List<CompletableFuture<Void>> injections =
        faults
            .map(
                fault ->
                    CompletableFuture.runAsync(() -> fault.inject(backend), this::onItsOwnThread))
            .collect(Collectors.toList());
    injections.forEach(CompletableFuture::join);
  }

  private void onItsOwnThread(Runnable task) {
    Thread thread = new Thread(task, "fault");
    thread.setDaemon(true);
    thread.start();
  }

  private void measure(String name) {
    long over = System.nanoTime();
    // What is published after the fault is shown by those only that are over it.
    backend.publishToAll(Way.INLINE);
    if (fleet.awaitRecovery(TOO_LONG)) {
      recoveries.add(name, Duration.ofNanos(System.nanoTime() - over));
    } else {
      recoveries.never(name + ": " + fleet.unsettled());
    }
  }
}
