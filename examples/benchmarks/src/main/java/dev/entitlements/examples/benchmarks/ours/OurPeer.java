package dev.entitlements.examples.benchmarks.ours;

import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.EntitlementListener;
import dev.entitlements.client.EntitlementWatcher;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.peers.Arrivals;
import dev.entitlements.examples.benchmarks.peers.Peer;
import dev.entitlements.examples.benchmarks.peers.Pipeline;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.TokenIssuer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** This library: a publisher, and for each user a watcher with a runtime of its own. */
public final class OurPeer implements Peer {
  private static final Document FIRST = new Document(600);

  /** With the library's defaults. */
  public OurPeer() {}

  @Override
  public String name() {
    return "ours";
  }

  @Override
  public Pipeline open(World world, List<String> users, Arrivals arrivals)
      throws InterruptedException {
    MomentoBackend momento = MomentoBackend.connect(world.credentials(), World.CACHE);
    EntitlementPublisher publisher =
        EntitlementPublisher.builder(
                momento, user -> CompletableFuture.completedFuture(FIRST.content(user, 0)))
            .build();
    // No limit of rate: the local server has none.
    TokenIssuer issuer = TokenIssuer.builder(momento).mintsPerSecond(0).build();
    List<EntitlementWatcher> watchers = new ArrayList<>();
    for (String user : users) {
      // Login would have stored it: a watcher whose item is missing is not live.
      publisher.publish(FIRST.content(user, 0)).orTimeout(30, TimeUnit.SECONDS).join();
      watchers.add(watch(issuer, user, arrivals));
    }
    return new Pipeline() {
      @Override
      public CompletableFuture<?> publish(String user, Document document, long number) {
        return publisher.publish(document.content(user, number));
      }

      @Override
      public void close() {
        watchers.forEach(EntitlementWatcher::close);
        issuer.close();
        publisher.close();
        momento.close();
      }
    };
  }

  private static EntitlementWatcher watch(TokenIssuer issuer, String user, Arrivals arrivals)
      throws InterruptedException {
    CountDownLatch live = new CountDownLatch(1);
    EntitlementWatcher watcher =
        EntitlementWatcher.builder(() -> issuer.issue(user)).userId(user).build();
    watcher.addListener(
        new EntitlementListener() {
          @Override
          public void onChange(EntitlementChange change) {
            arrivals.arrived(user, Document.numberOf(change.current()));
          }

          @Override
          public void onStatus(WatcherStatus status) {
            if (status.state() == WatcherStatus.State.LIVE) {
              live.countDown();
            }
          }
        });
    CompletableFuture<?> unused = watcher.start();
    if (!live.await(30, TimeUnit.SECONDS)) {
      throw new BenchmarkFailed("A watcher was not live within 30 s: " + watcher.status());
    }
    return watcher;
  }
}
