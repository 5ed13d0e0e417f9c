package dev.entitlements.local;

import dev.entitlements.local.internal.relay.Link;
import dev.entitlements.local.internal.relay.Relay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import momento.sdk.auth.CredentialProvider;

/**
 * A bad network in front of a {@link LocalMomento}: it listens on a port of its own, forwards each
 * connection, and can do so badly. Clients that connect to {@link #endpoint()} or by {@link
 * #credentials()} go through it; others are not touched.
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
 * <p>Safe for use by many threads. It has one thread, a daemon; {@link #close()}, or that of the
 * server, leaves nothing behind.
 */
public final class NetworkRelay implements AutoCloseable {

  /** Where bytes go. */
  public enum Direction {
    /** From clients to the server. */
    TO_SERVER,
    /** From the server to clients. */
    TO_CLIENT
  }

  private final Relay relay;
  private final String host;
  private final String apiKey;
  private final Consumer<NetworkRelay> whenClosed;

  /**
   * Starts to listen on the host, and to forward to its other port.
   *
   * @param host as it stands in a URI
   */
  NetworkRelay(String host, int port, String apiKey, Consumer<NetworkRelay> whenClosed) {
    this.host = host;
    this.apiKey = apiKey;
    this.whenClosed = whenClosed;
    // A literal IPv6 address is in brackets there.
    String address = host.replace("[", "").replace("]", "");
    try {
      relay = new Relay(new InetSocketAddress(address, 0), new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new LocalMomentoException(
          LocalMomentoException.Reason.BAD_HOST, "Cannot relay on " + host + ": " + e, e);
    }
  }

  /**
   * The port it listens on.
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
   */
  public CredentialProvider credentials() {
    return LocalCredentials.plaintext(host, port(), apiKey);
  }

  /**
   * How many connections it forwards.
   *
   * @return 0 or more
   */
  public int connections() {
    return relay.openConnections();
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
    return relay.resetAll();
  }

  /**
   * Lets no new connection in: each is reset (RST) as soon as it is there, since the port is kept.
   * Open ones go on. To find nobody listening, see {@link Faults#restart}.
   */
  public void refuseConnections() {
    relay.refusing(true);
  }

  /** Makes the network good again: what waits is forwarded at once, and connections are let in. */
  public void heal() {
    relay.refusing(false);
    change(Direction.TO_SERVER, link -> Link.GOOD);
    change(Direction.TO_CLIENT, link -> Link.GOOD);
  }

  /** Stops listening, resets all connections and ends the thread. Idempotent. */
  @Override
  public void close() {
    relay.close();
    whenClosed.accept(this);
  }

  /** Where it listens. */
  @Override
  public String toString() {
    return "NetworkRelay[" + endpoint() + "]";
  }

  private void change(Direction direction, UnaryOperator<Link> change) {
    switch (direction) {
      case TO_SERVER -> relay.toServer(change);
      case TO_CLIENT -> relay.toClient(change);
    }
  }
}
