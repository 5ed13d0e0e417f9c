package dev.entitlements.examples.benchmarks.startup;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.kit.Samples;
import dev.entitlements.examples.benchmarks.plain.PlainCredentials;
import dev.entitlements.examples.benchmarks.plain.PlainPlayer;
import dev.entitlements.examples.benchmarks.world.World;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import momento.sdk.auth.CredentialProvider;

/** Starts the plain pattern's player: it subscribes, then gets; building its clients counts. */
final class PlainStarter implements Starter {
  private final CredentialProvider way;
  private Samples first = new Samples();

  PlainStarter(World world) {
    this.way = world.credentials();
  }

  /** Until it holds its first object. */
  Samples first() {
    return first;
  }

  /** Forgets what was recorded. */
  void reset() {
    first = new Samples();
  }

  @Override
  public void start(SessionToken login) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    long begun = System.nanoTime();
    try (PlainPlayer player =
        new PlainPlayer(
            new PlainCredentials(way, login),
            World.CACHE,
            login.userId(),
            () -> {},
            state -> {
              first.record(System.nanoTime() - begun);
              done.countDown();
            })) {
      player.start();
      if (!done.await(30, TimeUnit.SECONDS)) {
        throw new BenchmarkFailed("The plain player had no object within 30 s");
      }
    }
  }
}
