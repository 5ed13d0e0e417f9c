package dev.entitlements.examples.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.examples.benchmarks.floor.FloorPeer;
import dev.entitlements.examples.benchmarks.ours.OurPeer;
import dev.entitlements.examples.benchmarks.plain.PlainPeer;
import dev.entitlements.examples.benchmarks.redis.RedisPeer;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Redis takes part where it is installed. */
@Tag("P1")
@Timeout(120)
class PeersTest {
  private static final Duration ONE_WAY = Duration.ofMillis(20);

  private record Arrival(String user, long number) {}

  static Stream<Peer> peers() {
    return Stream.concat(
        Stream.of(new OurPeer(), new PlainPeer(), new FloorPeer()),
        RedisPeer.ifInstalled().stream());
  }

  @ParameterizedTest
  @MethodSource("peers")
  void statesOfBothSizesComeToTheUsersPlayersAndAllOfItTakesTheDelay(Peer peer) throws Exception {
    BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    try (World world = new World(ONE_WAY);
        Pipeline pipeline =
            peer.open(
                world,
                List.of("u", "v"),
                (user, number) -> {
                  if (number > 0) {
                    arrivals.add(new Arrival(user, number));
                  }
                })) {
      long begun = System.nanoTime();
      pipeline.publish("u", new Document(600), 1).get(30, TimeUnit.SECONDS);
      assertThat(arrivals.poll(30, TimeUnit.SECONDS)).isEqualTo(new Arrival("u", 1));
      // Set and publish, there and back or to the player: four ways at least.
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isGreaterThan(ONE_WAY.multipliedBy(4));
      pipeline.publish("v", new Document(20_000), 2).get(30, TimeUnit.SECONDS);
      assertThat(arrivals.poll(30, TimeUnit.SECONDS)).isEqualTo(new Arrival("v", 2));
      assertThat(Set.copyOf(arrivals)).isEmpty();
    }
  }
}
