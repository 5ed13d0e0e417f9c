package dev.entitlements.examples.benchmarks.redis;

import dev.entitlements.Entitlements;
import dev.entitlements.examples.benchmarks.peers.Arrivals;
import dev.entitlements.examples.benchmarks.peers.Peer;
import dev.entitlements.examples.benchmarks.peers.Pipeline;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Redis with Lettuce: SET, then PUBLISH, and GET on each message. Each player has two connections,
 * because one that subscribes can do nothing else. It is as far away as the others' server, but for
 * TLS, which Debian's server has switched off, and tokens, which it does not have.
 */
public final class RedisPeer implements Peer {
  private final Path program;

  private RedisPeer(Path program) {
    this.program = program;
  }

  /** Empty when no {@code redis-server} is on the PATH. */
  public static Optional<RedisPeer> ifInstalled() {
    return RedisServer.installed().map(RedisPeer::new);
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public Pipeline open(World world, List<String> users, Arrivals arrivals)
      throws IOException, InterruptedException {
    RedisServer server = new RedisServer(program);
    RedisClient client =
        RedisClient.create(RedisURI.create("127.0.0.1", world.near(server.port())));
    RedisAsyncCommands<String, String> backend = client.connect().async();
    users.forEach(user -> watch(client, user, arrivals));
    return new Pipeline() {
      @Override
      public CompletableFuture<?> publish(String user, Document document, long number) {
        return backend
            .set(user, document.json(user, number))
            .thenCompose(stored -> backend.publish(user, "changed"))
            .toCompletableFuture();
      }

      @Override
      public void close() {
        client.shutdown();
        server.close();
      }
    };
  }

  private static void watch(RedisClient client, String user, Arrivals arrivals) {
    RedisAsyncCommands<String, String> reads = client.connect().async();
    StatefulRedisPubSubConnection<String, String> pushes = client.connectPubSub();
    pushes.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String message) {
            CompletableFuture<Void> unused =
                reads
                    .get(user)
                    .thenAccept(
                        json ->
                            arrivals.arrived(user, Document.numberOf(Entitlements.fromJson(json))))
                    .toCompletableFuture();
          }
        });
    pushes.sync().subscribe(user);
  }
}
