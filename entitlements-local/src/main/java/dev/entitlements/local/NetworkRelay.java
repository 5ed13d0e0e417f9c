package dev.entitlements.local;

import dev.entitlements.local.internal.LocalServer;
import dev.entitlements.local.internal.relay.Link;
import dev.entitlements.local.internal.relay.Relay;
import dev.entitlements.local.internal.tls.LocalNames;
import dev.entitlements.local.internal.tls.TlsFace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import momento.sdk.auth.CredentialProvider;
import org.jspecify.annotations.Nullable;

/**
 * A bad network in front of a {@link LocalMomento}: it listens on a port of its own, forwards each
 * connection, and can do so badly. Clients that connect to {@link #endpoint()} or by {@link
 * #credentials()} go through it, and so do those that insist on TLS, by {@link #tlsCredentials()};
 * others are not touched.
 *
 * <pre>{@code
 * try (NetworkRelay relay = momento.relay()) {
 *   ... // clients connect to relay.endpoint()
 *   relay.stall(NetworkRelay.Direction.TO_CLIENT); // half-open: it takes, and never answers
 *   relay.heal();
 * }
 * }</pre>
 *
 * <p>It is about TCP and knows nothing of calls. What is set holds for open connections and later
 * ones alike, until {@link #heal()}; each direction is its own. What is on its way keeps its order.
 * At most 1 MB waits in each direction of a connection; then the sender is held up, as by TCP.
 *
 * <p>Safe for use by many threads. It has one thread for each port of the server, a daemon; {@link
 * #close()}, or that of the server, leaves nothing behind.
 */
public final class NetworkRelay implements AutoCloseable {

  /** Where bytes go. */
  public enum Direction {
    /** From clients to the server. */
    TO_SERVER,
    /** From the server to clients. */
    TO_CLIENT
  }

  private final String host;
  private final @Nullable String apiKey;
  private final Relay relay;
  private final @Nullable TlsRelay tls;
  private final Consumer<NetworkRelay> whenClosed;

  /** In front of the TLS port, under a host name that leads there. */
  private record TlsRelay(String host, Relay relay) {}

  /** In front of all ports of the server, on others of the same host. */
  NetworkRelay(LocalServer server, Consumer<NetworkRelay> whenClosed) {
    this.host = server.connectHost();
    this.apiKey = server.settings().apiKey();
    this.whenClosed = whenClosed;
    this.relay = relay(host, server.port());
    this.tls = tlsRelay(server);
  }

  private NetworkRelay(String host, int port) {
    this.host = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    this.apiKey = null;
    this.whenClosed = closed -> {};
    this.relay = relay(host, port);
    this.tls = null;
  }

  /**
   * Puts a relay in front of any server that speaks TCP, so that another service can be had over
   * the same bad network. It gives no credentials.
   *
   * @param host an address or a name of this machine, which it listens on, too
   * @param port the server's
   * @return a new one each time, on a free port, that forwards; to be closed by the caller
   * @throws LocalMomentoException when there is no port to listen on
   */
  public static NetworkRelay to(String host, int port) {
    return new NetworkRelay(host, port);
  }

  private static @Nullable TlsRelay tlsRelay(LocalServer server) {
    TlsFace face = server.tls();
    if (face == null) {
      return null;
    }
    TlsRelay relay =
        new TlsRelay(face.newRelayHost(), relay(server.connectHost(), server.tlsPort()));
    LocalNames.add(
        relay.host(),
        new InetSocketAddress(unbracketed(server.connectHost()), relay.relay().port()));
    return relay;
  }

  private static Relay relay(String host, int port) {
    String address = unbracketed(host);
    try {
      return new Relay(new InetSocketAddress(address, 0), new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new LocalMomentoException(
          LocalMomentoException.Reason.BAD_HOST, "Cannot relay on " + host + ": " + e, e);
    }
  }

  /** A literal IPv6 address is in brackets in a URI. */
  private static String unbracketed(String host) {
    return host.replace("[", "").replace("]", "");
  }

  /**
   * The port it listens on, for clients without TLS.
   *
   * @return 1 to 65535
   */
  public int port() {
    return relay.port();
  }

  /**
   * Where clients connect that are to have the bad network.
   *
   * @return a URI with no path
   */
  public URI endpoint() {
    return URI.create("http://" + host + ":" + port());
  }

  /**
   * Credentials like {@link LocalMomento#credentials()}, by way of this relay.
   *
   * @return a new one each time; its {@code toString} has no secret
   * @throws IllegalStateException when it is {@linkplain #to in front of another server}
   */
  public CredentialProvider credentials() {
    return LocalCredentials.plaintext(host, port(), apiKey());
  }

  /**
   * Credentials like {@link LocalMomento#tlsCredentials()}, by way of this relay: with a host name
   * of its own, for which the server's certificate is good, too.
   *
   * @return a new one each time; its {@code toString} has no secret
   * @throws IllegalStateException when the server serves no TLS, see {@link
   *     LocalMomento.Builder#tls}
   */
  public CredentialProvider tlsCredentials() {
    if (tls == null) {
      throw new IllegalStateException(
          "The server behind it serves no TLS: start it with builder().tls()");
    }
    return LocalCredentials.tls(tls.host(), apiKey());
  }

  private String apiKey() {
    if (apiKey == null) {
      throw new IllegalStateException("It is in front of a server that is no LocalMomento");
    }
    return apiKey;
  }

  /**
   * How many connections it forwards.
   *
   * @return 0 or more
   */
  public int connections() {
    return relays().mapToInt(Relay::openConnections).sum();
  }

  /** Stops forwarding in both directions. Nothing is closed, and nothing is lost. */
  public void stall() {
    stall(Direction.TO_SERVER);
    stall(Direction.TO_CLIENT);
  }

  /**
   * Stops forwarding in one direction: bytes wait, and so does the news that one side has closed.
   * The connection is half-open.
   *
   * @param direction the one that stops
   */
  public void stall(Direction direction) {
    change(direction, link -> link.withStalled(true));
  }

  /**
   * Forwards later, in both directions: a round trip takes twice as much longer.
   *
   * @param oneWay not negative; zero for none
   * @throws IllegalArgumentException when it is negative
   */
  public void latency(Duration oneWay) {
    latency(Direction.TO_SERVER, oneWay);
    latency(Direction.TO_CLIENT, oneWay);
  }

  /**
   * Forwards later, in one direction.
   *
   * @param direction the slow one
   * @param oneWay not negative; zero for none
   * @throws IllegalArgumentException when it is negative
   */
  public void latency(Direction direction, Duration oneWay) {
    change(direction, link -> link.withLatency(oneWay));
  }

  /**
   * Cuts the bandwidth of each connection in both directions.
   *
   * @param bytesPerSecond at least 1; {@link Long#MAX_VALUE} for no limit
   * @throws IllegalArgumentException when it is less
   */
  public void bandwidth(long bytesPerSecond) {
    bandwidth(Direction.TO_SERVER, bytesPerSecond);
    bandwidth(Direction.TO_CLIENT, bytesPerSecond);
  }

  /**
   * Cuts the bandwidth of each connection in one direction.
   *
   * @param direction the narrow one
   * @param bytesPerSecond at least 1; {@link Long#MAX_VALUE} for no limit
   * @throws IllegalArgumentException when it is less
   */
  public void bandwidth(Direction direction, long bytesPerSecond) {
    change(direction, link -> link.withBytesPerSecond(bytesPerSecond));
  }

  /**
   * Resets all connections (RST), on both sides. New ones are welcome.
   *
   * @return how many there were
   */
  public int resetConnections() {
    return relays().mapToInt(Relay::resetAll).sum();
  }

  /**
   * Lets no new connection in: each is reset (RST) as soon as it is there, since the port is kept.
   * Open ones go on. To find nobody listening, see {@link Faults#restart}.
   */
  public void refuseConnections() {
    relays().forEach(each -> each.refusing(true));
  }

  /** Makes the network good again: what waits is forwarded at once, and connections are let in. */
  public void heal() {
    relays().forEach(each -> each.refusing(false));
    change(Direction.TO_SERVER, link -> Link.GOOD);
    change(Direction.TO_CLIENT, link -> Link.GOOD);
  }

  /** Stops listening, resets all connections and ends the threads. Idempotent. */
  @Override
  public void close() {
    if (tls != null) {
      LocalNames.remove(tls.host());
    }
    relays().forEach(Relay::close);
    whenClosed.accept(this);
  }

  /** Where it listens. */
  @Override
  public String toString() {
    return "NetworkRelay[" + endpoint() + "]";
  }

  private void change(Direction direction, UnaryOperator<Link> change) {
    switch (direction) {
      case TO_SERVER -> relays().forEach(each -> each.toServer(change));
      case TO_CLIENT -> relays().forEach(each -> each.toClient(change));
    }
  }

  private Stream<Relay> relays() {
    return tls == null ? Stream.of(relay) : Stream.of(relay, tls.relay());
  }
}
