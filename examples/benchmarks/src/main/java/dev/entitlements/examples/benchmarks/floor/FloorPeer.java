package dev.entitlements.examples.benchmarks.floor;

import com.google.protobuf.ByteString;
import dev.entitlements.examples.benchmarks.peers.Arrivals;
import dev.entitlements.examples.benchmarks.peers.Peer;
import dev.entitlements.examples.benchmarks.peers.Pipeline;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What Momento's calls take by themselves: set, then publish, then the push; no JSON, no condition,
 * no check. What a message cannot carry (4 KB) must be read by the player, here too.
 */
public final class FloorPeer implements Peer {
  private static final int MESSAGE_BYTES = 4 * 1024;

  /** With nothing to set. */
  public FloorPeer() {}

  @Override
  public String name() {
    return "floor";
  }

  @Override
  public Pipeline open(World world, List<String> users, Arrivals arrivals)
      throws InterruptedException {
    Stubs backend = new Stubs(world.credentials(), World.CACHE);
    List<FloorPlayer> players = new ArrayList<>();
    for (String user : users) {
      FloorPlayer player =
          new FloorPlayer(new Stubs(world.credentials(), World.CACHE), user, arrivals);
      players.add(player);
      player.start();
    }
    return new Pipeline() {
      @Override
      public CompletableFuture<?> publish(String user, Document document, long number) {
        ByteString item = bytes(document.bytes(), number);
        boolean fits = document.bytes() <= MESSAGE_BYTES;
        return backend
            .set(user, item)
            .thenCompose(set -> backend.publish(user, fits ? item : bytes(Long.BYTES, number)));
      }

      @Override
      public void close() {
        players.forEach(FloorPlayer::close);
        backend.close();
      }
    };
  }

  private static ByteString bytes(int size, long number) {
    return ByteString.copyFrom(ByteBuffer.allocate(size).putLong(0, number));
  }
}
