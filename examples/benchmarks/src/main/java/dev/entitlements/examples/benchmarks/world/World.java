package dev.entitlements.examples.benchmarks.world;

import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.NetworkRelay;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import momento.sdk.auth.CredentialProvider;
import org.jspecify.annotations.Nullable;

/**
 * One local server and the network in front of it, the same for all peers: backends and players
 * alike connect by TLS, on port 443 as they think, and all of them through the relay when there is
 * a delay, none of them when there is none. A server that is not Momento's is put behind a relay
 * with the same delay by {@link #near}.
 */
public final class World implements AutoCloseable {
  /** The cache that everything is in. */
  public static final String CACHE = "entitlements";

  private final Duration oneWay;
  private final LocalMomento momento = LocalMomento.builder().cache(CACHE).tls().start();
  private final Trust trust;
  private final @Nullable NetworkRelay relay;
  private final List<NetworkRelay> otherRelays = new ArrayList<>();

  /**
   * Starts a server, which this JVM trusts from now on, and no other.
   *
   * @param oneWay what the network adds in each direction; zero for the bare loopback
   * @throws IOException when the trust store cannot be written
   */
  public World(Duration oneWay) throws IOException {
    this.oneWay = oneWay;
    this.trust = new Trust(List.of(momento));
    this.relay = oneWay.isZero() ? null : momento.relay();
    if (relay != null) {
      relay.latency(oneWay);
    }
  }

  /** Such as {@code loopback}, or {@code 40 ms round trip}. */
  public String name() {
    return oneWay.isZero() ? "loopback" : oneWay.multipliedBy(2).toMillis() + " ms round trip";
  }

  /** The server, for its counters. */
  public LocalMomento momento() {
    return momento;
  }

  /** The way to the server for whoever has the API key; tokens minted by it lead the same way. */
  public CredentialProvider credentials() {
    return relay == null ? momento.tlsCredentials() : relay.tlsCredentials();
  }

  /**
   * The port of this machine by which another server is as far away as Momento's is.
   *
   * @param port that of the other server
   */
  public int near(int port) {
    if (oneWay.isZero()) {
      return port;
    }
    NetworkRelay other = NetworkRelay.to(momento.host(), port);
    other.latency(oneWay);
    otherRelays.add(other);
    return other.port();
  }

  @Override
  public void close() throws IOException {
    otherRelays.forEach(NetworkRelay::close);
    momento.close();
    trust.close();
  }
}
