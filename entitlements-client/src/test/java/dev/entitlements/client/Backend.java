package dev.entitlements.client;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.SessionToken;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.NetworkRelay;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MintedToken;
import dev.entitlements.momento.MomentoEndpoint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A backend of few lines: just enough of a publisher and an issuer to give watchers something to
 * watch.
 */
final class Backend implements SessionSource, AutoCloseable {
  static final String CACHE = "entitlements";
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final Duration TTL = Duration.ofHours(1);

  final String userId;
  private final GrpcConnection connection;
  private final GrpcMomento momento;
  private URI playersEndpoint;
  private Duration announcedLife = TOKEN_LIFE;
  private long revision = 1000;

  Backend(LocalMomento local, String userId) {
    this.userId = userId;
    this.playersEndpoint = local.endpoint();
    this.connection = GrpcConnection.to(MomentoEndpoint.of(local.endpoint()));
    this.momento = connection.as(Credential.ofApiKey(local.apiKey()), CACHE);
  }

  /**
   * Tokens are said to live for so long. They outlive it, so that a machine that stands still for a
   * moment does not make one run out before it is replaced.
   */
  Backend announcedLife(Duration announcedLife) {
    this.announcedLife = announcedLife;
    return this;
  }

  /** Players go by way of a network of their own. */
  Backend playersBy(NetworkRelay network) {
    playersEndpoint = network.endpoint();
    return this;
  }

  /** Stores and publishes. */
  Entitlements publish(String... ids) {
    return publish(ids, EntitlementsCodec::encode);
  }

  /** Stores, and publishes only that it did. */
  Entitlements publishNotice(String... ids) {
    return publish(ids, snapshot -> EntitlementsCodec.encodeNotice(userId, snapshot.revision()));
  }

  /** Stores, and the notification is lost. */
  Entitlements store(String... ids) {
    return store(content(ids));
  }

  Entitlements store(Entitlements.Content content) {
    Entitlements snapshot = Entitlements.of(content, ++revision, Instant.now());
    byte[] value = EntitlementsCodec.encodeUtf8(snapshot);
    byte[] before = untilItWorks(() -> momento.get(userId, Consistency.CONSISTENT)).orElse(null);
    untilItWorks(() -> momento.replace(userId, before, value, TTL));
    return snapshot;
  }

  void say(String message) {
    untilItWorks(() -> momento.publish(userId, message));
  }

  Entitlements.Content content(String... ids) {
    Entitlements.Content.Builder content = Entitlements.Content.builder(userId);
    Arrays.stream(ids).map(Entitlement::of).forEach(content::entitlement);
    return content.build();
  }

  @Override
  public CompletionStage<SessionToken> fetch() {
    return momento.mint(userId, userId, TOKEN_LIFE).thenApply(this::session);
  }

  private SessionToken session(MintedToken token) {
    Instant now = Instant.now();
    return SessionToken.builder(userId)
        .token(token.authToken())
        .endpoint(playersEndpoint)
        .cacheName(CACHE)
        .expiresAt(now.plus(announcedLife))
        .serverTime(now)
        .build();
  }

  private Entitlements publish(String[] ids, Function<Entitlements, String> message) {
    Entitlements snapshot = store(ids);
    say(message.apply(snapshot));
    return snapshot;
  }

  /** Tests drop connections under its feet. */
  private static <T> T untilItWorks(Supplier<CompletableFuture<T>> call) {
    for (int tries = 1; ; tries++) {
      try {
        return call.get().join();
      } catch (CompletionException e) {
        boolean hopeless =
            !(e.getCause() instanceof EntitlementsException cause) || !cause.kind().isTransient();
        if (hopeless || tries == 10) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
