package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.world.Trust;
import dev.entitlements.local.LocalMomento;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Tries several faults, some of them at a time; each has a server of its own. */
final class Trials {
  private final int repetitions;
  private final int atATime;
  private final Duration limit;
  private final Consumer<Outcome> progress;

  Trials(int repetitions, int atATime, Duration limit, Consumer<Outcome> progress) {
    this.repetitions = repetitions;
    this.atATime = atATime;
    this.limit = limit;
    this.progress = progress;
  }

  /** In the order of the kinds. */
  List<Outcome> run(List<FaultKind> kinds) throws IOException, InterruptedException {
    Map<FaultKind, LocalMomento> servers =
        Collections.synchronizedMap(new EnumMap<>(FaultKind.class));
    try {
      // Each has to find two primes for its certificate.
      kinds.parallelStream()
          .forEach(
              kind -> servers.put(kind, LocalMomento.builder().cache(Arena.CACHE).tls().start()));
      Trust trust = new Trust(servers.values());
      try {
        return run(servers);
      } finally {
        trust.close();
      }
    } finally {
      servers.values().forEach(LocalMomento::close);
    }
  }

  private List<Outcome> run(Map<FaultKind, LocalMomento> servers) throws InterruptedException {
    ExecutorService lanes = Executors.newFixedThreadPool(atATime);
    try {
      List<Future<Outcome>> running = new ArrayList<>();
      servers.forEach((kind, server) -> running.add(lanes.submit(() -> run(kind, server))));
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> trial : running) {
        outcomes.add(trial.get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BenchmarkFailed known
          ? known
          : new BenchmarkFailed("A trial failed", e.getCause() == null ? e : e.getCause());
    } finally {
      lanes.shutdownNow();
    }
  }

  private Outcome run(FaultKind kind, LocalMomento server) throws InterruptedException {
    try {
      Outcome outcome = Trial.run(kind, server, repetitions, limit);
      progress.accept(outcome);
      return outcome;
    } catch (RuntimeException e) {
      throw new BenchmarkFailed(kind.title(), e);
    }
  }
}
