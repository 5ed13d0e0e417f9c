package dev.entitlements.client.chaos;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.SessionToken;
import dev.entitlements.client.SessionSource;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.local.Faults;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.NetworkRelay;
import dev.entitlements.local.StreamEnd;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MintedToken;
import dev.entitlements.momento.MomentoEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A service that fails on demand, and a backend over it for several users. Any number of threads
 * may publish: they compare and set on the same items.
 */
final class ChaosBackend implements AutoCloseable {
  /** How a publication reaches those who listen. */
  enum Way {
    INLINE,
    NOTICE,
    /** Stored, and the notification is lost. */
    LOST
  }

  private static final String CACHE = "entitlements";
  private static final Duration TTL = Duration.ofHours(1);
  private static final Duration RETRY = Duration.ofMillis(5);
  private static final Duration GIVE_UP = Duration.ofSeconds(30);

  final Logins logins = new Logins();
  private final LocalMomento local = LocalMomento.start();

  /** What the players' traffic goes through; the publishers' does not. */
  private final NetworkRelay network = local.relay();

  private final GrpcConnection connection;
  private final GrpcMomento momento;
  private final Duration tokenLife;
  private final Map<String, Ledger> ledgers = new LinkedHashMap<>();
  private final AtomicLong contents = new AtomicLong();

  ChaosBackend(int users, Duration tokenLife) {
    this.tokenLife = tokenLife;
    connection = GrpcConnection.to(MomentoEndpoint.of(local.endpoint()));
    momento = connection.as(Credential.ofApiKey(local.apiKey()), CACHE);
    for (int i = 0; i < users; i++) {
      ledgers.put("u-" + i, new Ledger());
    }
    ledgers.keySet().forEach(userId -> publish(userId, Way.INLINE));
  }

  Map<String, Ledger> ledgers() {
    return ledgers;
  }

  Faults faults() {
    return local.faults();
  }

  NetworkRelay network() {
    return network;
  }

  Set<String> users() {
    return ledgers.keySet();
  }

  void resetTopic(String userId) {
    faults().resetTopic(CACHE, userId);
  }

  void endStreams(String userId, StreamEnd end) {
    faults().endStreams(CACHE, userId, end);
  }

  void endStreamsNormally(String userId) {
    faults().endStreamsNormally(CACHE, userId);
  }

  /** Does what those who listen to these users may not notice. */
  void hidden(Collection<String> users, Runnable fault) {
    users.forEach(userId -> ledgers.get(userId).hiding.begin());
    try {
      fault.run();
    } finally {
      users.forEach(userId -> ledgers.get(userId).hiding.end());
    }
  }

  /** One after the other: a server that is down already cannot go down. */
  synchronized void restart(Duration downFor, boolean keepItems) {
    faults().restart(downFor, keepItems).join();
  }

  void sayNonsense(String userId) {
    untilItWorks(() -> momento.publish(userId, "not JSON"));
    untilItWorks(() -> momento.publish(userId, "{\"schema\":99,\"userId\":\"" + userId + "\"}"));
  }

  void publishTo(Collection<String> users, Way way) {
    users.forEach(userId -> publish(userId, way));
  }

  /** Stores new content, and notifies in that way. Goes on until it is done. */
  Publication publish(String userId, Way way) {
    Hiding hiding = ledgers.get(userId).hiding;
    long hidden = hiding.mark();
    Entitlements snapshot = store(userId);
    if (way != Way.LOST) {
      String message =
          way == Way.INLINE
              ? EntitlementsCodec.encode(snapshot)
              : EntitlementsCodec.encodeNotice(userId, snapshot.revision());
      untilItWorks(() -> momento.publish(userId, message));
    }
    return note(snapshot, way != Way.LOST && !hiding.since(hidden));
  }

  private Entitlements store(String userId) {
    while (true) {
      Optional<byte[]> before = untilItWorks(() -> momento.get(userId, Consistency.CONSISTENT));
      Entitlements snapshot = next(userId, before);
      byte[] value = EntitlementsCodec.encodeUtf8(snapshot);
      if (untilItWorks(() -> momento.replace(userId, before.orElse(null), value, TTL))) {
        return snapshot;
      }
    }
  }

  private Entitlements next(String userId, Optional<byte[]> before) {
    long stored =
        before.map(bytes -> EntitlementsCodec.decodeItem(userId, bytes).revision()).orElse(0L);
    long n = contents.incrementAndGet();
    Entitlements.Content content =
        Entitlements.Content.of(
            userId,
            Entitlement.of("plan-" + n % 5),
            Entitlement.builder("streams").limit("n", n).build());
    return Entitlements.of(
        content, Math.max(System.currentTimeMillis(), stored + 1), Instant.now());
  }

  /** The login call of a user's players. */
  SessionSource source(String userId) {
    return () -> login(userId);
  }

  private CompletionStage<SessionToken> login(String userId) throws IOException {
    return switch (logins.mode(userId)) {
      case FAILING -> throw new IOException("the backend is down");
      case HANGING -> new CompletableFuture<>();
      case WORKING ->
          momento
              .get(userId, Consistency.CONSISTENT)
              .thenCompose(item -> restored(userId, item))
              .thenCompose(
                  snapshot ->
                      momento
                          .mint(userId, userId, tokenLife)
                          .thenApply(token -> session(userId, token, snapshot)));
    };
  }

  /** A login stores anew what the cache has lost. Of several at a time one does. */
  private CompletionStage<Entitlements> restored(String userId, Optional<byte[]> item) {
    if (item.isPresent()) {
      return CompletableFuture.completedFuture(EntitlementsCodec.decodeItem(userId, item.get()));
    }
    Hiding hiding = ledgers.get(userId).hiding;
    long hidden = hiding.mark();
    Entitlements snapshot = next(userId, item);
    String message = EntitlementsCodec.encode(snapshot);
    return momento
        .replace(userId, null, EntitlementsCodec.encodeUtf8(snapshot), TTL)
        .thenCompose(
            stored ->
                stored
                    ? momento
                        .publish(userId, message)
                        .thenAccept(x -> note(snapshot, !hiding.since(hidden)))
                    : CompletableFuture.failedFuture(new IOException("another login was faster")))
        .thenApply(x -> snapshot);
  }

  private Publication note(Entitlements snapshot, boolean told) {
    Publication publication = new Publication(snapshot.revision(), System.nanoTime(), told);
    ledgers.get(snapshot.userId()).add(publication);
    return publication;
  }

  private SessionToken session(String userId, MintedToken token, Entitlements snapshot) {
    SessionToken session =
        SessionToken.builder(userId)
            .token(token.authToken())
            .endpoint(network.endpoint())
            .cacheName(CACHE)
            .expiresAt(token.expiresAt())
            .serverTime(Instant.now())
            .build();
    return snapshot.revision() % 2 == 0 ? session : session.withSnapshot(snapshot);
  }

  private static <T> T untilItWorks(Supplier<CompletableFuture<T>> call) {
    long giveUp = System.nanoTime() + GIVE_UP.toNanos();
    while (true) {
      try {
        return call.get().join();
      } catch (CompletionException e) {
        boolean hopeless =
            !(e.getCause() instanceof EntitlementsException cause) || !cause.kind().isTransient();
        if (hopeless || System.nanoTime() > giveUp) {
          throw e;
        }
        Pause.of(RETRY);
      }
    }
  }

  @Override
  public void close() {
    connection.close();
    network.close();
    local.close();
  }
}
