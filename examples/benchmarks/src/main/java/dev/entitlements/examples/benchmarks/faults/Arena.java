package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.plain.PlainCredentials;
import dev.entitlements.local.Faults;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.NetworkRelay;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Where one fault is tried: a server and a backend of its own, and all the repetitions side by
 * side.
 */
final class Arena implements AutoCloseable {
  static final String CACHE = "entitlements";

  private final LocalMomento momento;
  private final NetworkRelay relay;
  private final Backend backend;
  private final FaultKind kind;
  private final boolean throughRelay;
  private final List<Pair> pairs = new ArrayList<>();

  /**
   * Starts the backend.
   *
   * @param momento serves TLS, which is trusted; it is closed with this
   * @param kind what is to be tried; when it strikes the network, players connect by way of the
   *     relay
   */
  Arena(LocalMomento momento, FaultKind kind) {
    this.momento = momento;
    this.relay = momento.relay();
    this.backend = new Backend(momento.credentials(), CACHE);
    this.kind = kind;
    this.throughRelay = kind.strikesNetwork();
  }

  /** Returns once all players are subscribed. */
  void open(int repetitions) throws InterruptedException {
    for (int i = 1; i <= repetitions; i++) {
      String user = "viewer-" + i;
      SessionToken session = login(user).orTimeout(30, TimeUnit.SECONDS).join();
      Pair pair =
          new Pair(
              user,
              new WatcherPlayer(() -> login(user), user, kind.reconcileInterval()),
              new SdkPlayer(
                  new PlainCredentials(
                      throughRelay ? relay.tlsCredentials() : momento.tlsCredentials(), session),
                  CACHE,
                  user));
      pairs.add(pair);
      for (Player player : pair.players()) {
        player.start();
      }
    }
  }

  private CompletableFuture<SessionToken> login(String user) {
    CompletableFuture<SessionToken> session = backend.login(user);
    return throughRelay ? session.thenApply(s -> at(relay.endpoint(), s)) : session;
  }

  private static SessionToken at(URI endpoint, SessionToken session) {
    return SessionToken.builder(session.userId())
        .token(session.token())
        .endpoint(endpoint)
        .cacheName(session.cacheName())
        .key(session.key())
        .expiresAt(session.expiresAt())
        .serverTime(session.serverTime())
        .build();
  }

  Backend backend() {
    return backend;
  }

  List<Pair> pairs() {
    return pairs;
  }

  List<Player> players() {
    return pairs.stream().flatMap(pair -> pair.players().stream()).toList();
  }

  Faults faults() {
    return momento.faults();
  }

  NetworkRelay relay() {
    return relay;
  }

  @Override
  public void close() {
    pairs.forEach(Pair::close);
    backend.close();
    momento.close();
  }
}
