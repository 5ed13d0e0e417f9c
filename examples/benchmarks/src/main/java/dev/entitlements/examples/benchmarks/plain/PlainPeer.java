package dev.entitlements.examples.benchmarks.plain;

import dev.entitlements.examples.benchmarks.peers.Arrivals;
import dev.entitlements.examples.benchmarks.peers.Peer;
import dev.entitlements.examples.benchmarks.peers.Pipeline;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The original pattern on the official SDK: one pair of clients for the backend and each player.
 */
public final class PlainPeer implements Peer {
  /** With the SDK's configuration for laptops. */
  public PlainPeer() {}

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public Pipeline open(World world, List<String> users, Arrivals arrivals)
      throws InterruptedException {
    PlainBackend backend = new PlainBackend(world.credentials(), World.CACHE);
    List<PlainPlayer> players = new ArrayList<>();
    for (String user : users) {
      PlainPlayer player =
          new PlainPlayer(
              world.credentials(),
              World.CACHE,
              user,
              () -> {},
              state -> arrivals.arrived(user, Document.numberOf(state)));
      players.add(player);
      player.start();
    }
    return new Pipeline() {
      @Override
      public CompletableFuture<?> publish(String user, Document document, long number) {
        return backend.publish(user, document.json(user, number));
      }

      @Override
      public void close() {
        players.forEach(PlainPlayer::close);
        backend.close();
      }
    };
  }
}
