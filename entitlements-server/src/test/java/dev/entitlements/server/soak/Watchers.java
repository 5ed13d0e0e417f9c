package dev.entitlements.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MomentoEndpoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One watcher for each user, and the cache as it really is. */
final class Watchers implements AutoCloseable {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final GrpcConnection connection;
  private final GrpcMomento momento;
  private final Map<String, TopicWatcher> watchers = new LinkedHashMap<>();

  Watchers(LocalMomento local, String cache, int users) {
    connection = GrpcConnection.to(MomentoEndpoint.of(local.endpoint()));
    momento = connection.as(Credential.ofApiKey(local.apiKey()), cache);
    for (int i = 0; i < users; i++) {
      String userId = "user-" + i;
      watchers.put(userId, new TopicWatcher(momento, userId, timer).start());
    }
  }

  Iterable<String> users() {
    return watchers.keySet();
  }

  /** Fails if what is stored is no whole document of that user. */
  Optional<Entitlements> stored(String userId) throws Exception {
    return momento
        .get(userId, Consistency.CONSISTENT)
        .get(20, TimeUnit.SECONDS)
        .map(item -> EntitlementsCodec.decodeItem(userId, item));
  }

  void assertHolds(Entitlements stored) {
    TopicWatcher watcher = watchers.get(stored.userId());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(watcher.newest()).contains(stored));
  }

  @Override
  public void close() {
    watchers.values().forEach(TopicWatcher::close);
    connection.close();
    timer.shutdownNow();
  }
}
