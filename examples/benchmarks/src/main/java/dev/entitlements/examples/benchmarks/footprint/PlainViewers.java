package dev.entitlements.examples.benchmarks.footprint;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.plain.PlainCredentials;
import dev.entitlements.examples.benchmarks.plain.PlainPlayer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import momento.sdk.auth.CredentialProvider;

/** The SDK's pair of clients each. */
final class PlainViewers implements Viewers {
  private final CredentialProvider way;
  private final String cacheName;
  private final List<PlainPlayer> players = new ArrayList<>();
  private final Semaphore read = new Semaphore(0);
  private int awaited;

  PlainViewers(CredentialProvider way, String cacheName) {
    this.way = way;
    this.cacheName = cacheName;
  }

  @Override
  public void add(SessionToken session) throws InterruptedException {
    PlainPlayer player =
        new PlainPlayer(
            new PlainCredentials(way, session),
            cacheName,
            session.userId(),
            () -> {},
            state -> read.release());
    players.add(player);
    player.start();
  }

  @Override
  public void awaitLive() throws InterruptedException {
    if (!read.tryAcquire(players.size() - awaited, 60, TimeUnit.SECONDS)) {
      throw new BenchmarkFailed("Not all players had read within 60 s");
    }
    awaited = players.size();
  }
}
