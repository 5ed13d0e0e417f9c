package dev.entitlements.local;

import dev.entitlements.local.internal.Limits;
import dev.entitlements.local.internal.LocalServer;
import dev.entitlements.local.internal.Settings;
import dev.entitlements.local.internal.cli.ServeCommand;
import dev.entitlements.local.internal.tls.TlsFace;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import momento.sdk.auth.CredentialProvider;

/**
 * A Momento-compatible server in memory, for laptops and CI: in the caller's process, on one port,
 * with no account and no container.
 *
 * <pre>{@code
 * try (LocalMomento momento = LocalMomento.start()) {
 *   CacheClient cache = CacheClient.create(
 *       momento.credentials(), Configurations.Laptop.latest(), Duration.ofMinutes(1));
 *   ...
 * }
 * }</pre>
 *
 * <p>The port speaks gRPC and gRPC-Web (with CORS for any origin), unencrypted, and Momento's HTTP
 * API. Every call needs the API key or a disposable token that this server made, and is refused as
 * in the cloud when it is missing or expired (UNAUTHENTICATED) or does not allow the call
 * (PERMISSION_DENIED). Items run out, tokens run out, and Momento's hard limits hold: 5 MB for key
 * and value, 24 h of TTL, 4 KB per message, 25 h and 20 permissions per token, 100 streams per
 * HTTP/2 connection.
 *
 * <p>What there is: caches (create, delete, list, flush; names of 1 to 255 letters, digits, '.',
 * '_' and '-'), scalar items (get, set, both in batches, set on a condition, delete, exists,
 * increment, TTL, type), topics (publish, subscribe with replay, heartbeats and discontinuities),
 * disposable tokens, ping; by HTTP {@code /cache/{cache}} and {@code /topics/{cache}/{topic}} with
 * its long poll, whose binary values come as base64. What there is not, and answers UNIMPLEMENTED:
 * collections, leaderboards, stores, vector indexes, signing keys, webhooks, functions, and API
 * keys made by code. Reads are consistent unless a fault makes them stale.
 *
 * <p>What goes wrong is asked for by {@link #faults()} or, from another process and with the API
 * key alone (header {@code Authorization}), on the same port: {@code GET /admin/faults} lists the
 * faults that are set, {@code DELETE} clears them, {@code GET} and {@code DELETE
 * /admin/faults/{id}} do so with one, and {@code POST /admin/faults} with a JSON object sets one
 * (201, and the fault), or makes something happen (200 and how many it struck, or 202 when it is
 * about to cut the connection). Its field {@code fault} says what:
 *
 * <table>
 *   <caption>Faults as JSON</caption>
 *   <tr><th>{@code fault}</th><th>what it is</th></tr>
 *   <tr><td>{@code refuse}, {@code lose-answer}, {@code hang}, {@code delay}, {@code stale}</td>
 *     <td>set on calls, see {@link CallFaults}; {@code rpcs} (names of {@link Rpc}; all if left
 *     out), {@code cache}, {@code key}, {@code times}, {@code lasting_ms}; the first two need a
 *     {@code status} of {@link StreamEnd}, {@code delay} needs {@code delay_ms}</td></tr>
 *   <tr><td>{@code drop}, {@code repeat}, {@code reorder}, {@code silence}</td>
 *     <td>set on deliveries, see {@link DeliveryFaults}; {@code cache}, {@code key} (the topic),
 *     {@code times}, {@code lasting_ms}</td></tr>
 *   <tr><td>{@code end-streams}</td><td>{@link Faults#endStreams}, or normally without a {@code
 *     status}; of one topic with {@code cache} and {@code key}</td></tr>
 *   <tr><td>{@code drop-connections}, {@code expire-tokens}</td><td>see {@link Faults}</td></tr>
 *   <tr><td>{@code reset-topic}, {@code discontinuity}</td><td>with {@code cache} and {@code key};
 *     the second with {@code missed}, 0 if left out</td></tr>
 *   <tr><td>{@code restart}</td><td>with {@code down_ms} (0 if left out) and {@code keep_items}
 *     (true if left out)</td></tr>
 * </table>
 *
 * <pre>{@code
 * curl -H 'Authorization: dev-key' http://127.0.0.1:18080/admin/faults \
 *   -d '{"fault":"refuse","rpcs":["GET"],"key":"u-42","times":3,"status":"UNAVAILABLE"}'
 * }</pre>
 *
 * <p>Nothing is written to disk. Instances are independent of each other and safe for use by many
 * threads. {@link #close()} ends all threads; they are named, and daemons but for the one that
 * accepts connections, which keeps a process alive whose server was not closed.
 */
public final class LocalMomento implements AutoCloseable {
  private final LocalServer server;
  private final Faults faults;
  private final Set<NetworkRelay> relays = ConcurrentHashMap.newKeySet();

  private LocalMomento(Settings settings) {
    server = LocalServer.start(settings);
    faults = new Faults(server);
  }

  /**
   * Starts a server with what {@link #builder()} sets: on a free port of 127.0.0.1, with the API
   * key {@code dev-key} and the cache {@code entitlements}.
   *
   * @return a server that listens
   * @throws LocalMomentoException when there is no port to listen on
   */
  public static LocalMomento start() {
    return builder().start();
  }

  /**
   * Begins to describe a server.
   *
   * @return a builder with all defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Serves from the command line until stopped; {@code --help} tells the options. Ends the JVM:
   * with 0 when all is well, 1 when the server cannot start, 2 when the arguments are wrong.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(ServeCommand.run(args));
  }

  /**
   * The port it listens on, also while it is down for a restart.
   *
   * @return 1 to 65535
   */
  public int port() {
    return server.port();
  }

  /**
   * The host it was told to listen on.
   *
   * @return an address or a name
   */
  public String host() {
    return server.settings().host();
  }

  /**
   * Where clients connect, such as {@code http://127.0.0.1:18080}. When it listens on all addresses
   * ({@code 0.0.0.0}), this one is on the loopback.
   *
   * @return a URI with no path
   */
  public URI endpoint() {
    return URI.create("http://" + server.authority());
  }

  /**
   * The API key, bare, as it goes into the header {@code authorization}.
   *
   * @return a secret, of sorts
   */
  public String apiKey() {
    return server.settings().apiKey();
  }

  /**
   * The API key as Momento exports it: base64 of {@code {"endpoint":…,"api_key":…}}, the endpoint
   * being host and port.
   *
   * @return a secret, of sorts
   */
  public String authToken() {
    // Neither a host nor a key can hold a character that JSON escapes: the builder sees to that.
    String json = "{\"endpoint\":\"" + server.authority() + "\",\"api_key\":\"" + apiKey() + "\"}";
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Credentials for a backend's clients, for instance the {@code CacheClient} of Momento's SDK:
   * host, port, no encryption, and the bare API key.
   *
   * @return a new one each time; its {@code toString} has no secret
   */
  public CredentialProvider credentials() {
    return LocalCredentials.plaintext(server.connectHost(), port(), apiKey());
  }

  /**
   * The port on which it serves TLS.
   *
   * @return 1 to 65535
   * @throws IllegalStateException when it does not, see {@link Builder#tls}
   */
  public int tlsPort() {
    tls();
    return server.tlsPort();
  }

  /**
   * Credentials for clients that insist on TLS and port 443, as the {@code TopicClient} and {@code
   * AuthClient} of Momento's SDK do: a host name that is this server's alone, which gRPC resolves
   * to it in this process, and the bare API key.
   *
   * @return a new one each time; its {@code toString} has no secret
   * @throws IllegalStateException when it serves no TLS, see {@link Builder#tls}
   */
  public CredentialProvider tlsCredentials() {
    return LocalCredentials.tls(tls().host(), apiKey());
  }

  /**
   * The certificate that it shows, made at its start for the host names of {@link #tlsCredentials}
   * and of {@link NetworkRelay#tlsCredentials} and signed by itself: clients must trust it.
   *
   * @return the same over restarts
   * @throws IllegalStateException when it serves no TLS, see {@link Builder#tls}
   */
  public X509Certificate tlsCertificate() {
    return tls().certificate();
  }

  /**
   * Writes a PKCS12 trust store, with the password {@code changeit}, that has {@link
   * #tlsCertificate} and no other. A JVM trusts it by the system properties {@code
   * javax.net.ssl.trustStore} and {@code javax.net.ssl.trustStorePassword}, if they are set before
   * it first uses TLS; it then trusts nobody else.
   *
   * @param file is replaced if it exists
   * @throws IOException when it cannot be written
   * @throws IllegalStateException when it serves no TLS, see {@link Builder#tls}
   */
  public void writeTlsTrustStore(Path file) throws IOException {
    tls().writeTrustStore(file);
  }

  private TlsFace tls() {
    TlsFace tls = server.tls();
    if (tls == null) {
      throw new IllegalStateException("It serves no TLS: start it with builder().tls()");
    }
    return tls;
  }

  /**
   * What can be made to go wrong.
   *
   * @return always the same
   */
  public Faults faults() {
    return faults;
  }

  /**
   * What it has carried out since it was started, over restarts: for tests and benchmarks of what
   * an update costs at Momento. Deliveries are counted when they are sent, a moment after the call
   * that caused them was answered.
   *
   * @return a snapshot
   */
  public Operations operations() {
    return server.state().meter().soFar();
  }

  /**
   * Puts a relay in front of the server, by which the network can be made bad for those clients
   * that connect to it, with TLS or without.
   *
   * @return a new one each time, on free ports of the same host, that forwards; it is closed with
   *     the server at the latest
   * @throws LocalMomentoException when there is no port to listen on
   */
  public NetworkRelay relay() {
    NetworkRelay relay = new NetworkRelay(server, relays::remove);
    relays.add(relay);
    return relay;
  }

  /**
   * Stops listening, closes all connections and ends all threads, within two seconds. Idempotent.
   * After it the port is free and no method but this and the plain getters is of use.
   */
  @Override
  public void close() {
    List.copyOf(relays).forEach(NetworkRelay::close);
    server.close();
  }

  /** Has no secret. */
  @Override
  public String toString() {
    return "LocalMomento[" + endpoint() + "]";
  }

  /** Describes a server. Not safe for use by many threads at a time. */
  public static final class Builder {
    private static final Pattern API_KEY = Pattern.compile("[A-Za-z0-9._~+/=-]{1,4096}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_%-]{1,255}");

    private String host = "127.0.0.1";
    private int port;
    private String apiKey = "dev-key";
    private final List<String> caches = new ArrayList<>();
    private Duration heartbeatInterval = Duration.ofSeconds(5);
    private int replayDepth = 100;
    private int subscriberBuffer = 1_000;
    private Duration longPollWait = Duration.ofSeconds(30);
    private boolean endStreamsAtTokenExpiry = true;
    private boolean tls;
    private Quotas quotas = Quotas.unlimited();
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * The address or name to listen on; {@code 127.0.0.1} by default. Anything but the loopback
     * lets others in, unencrypted.
     *
     * @param host such as {@code 127.0.0.1}, or {@code 0.0.0.0} for all addresses
     * @return this
     * @throws IllegalArgumentException when it cannot be a host
     */
    public Builder host(String host) {
      check(HOST.matcher(host).matches(), "host", "an address or a name such as 127.0.0.1");
      this.host = host;
      return this;
    }

    /**
     * The port to listen on; 0, the default, for any free one.
     *
     * @param port 0 to 65535
     * @return this
     * @throws IllegalArgumentException when it is out of that range
     */
    public Builder port(int port) {
      check(port >= 0 && port <= 65_535, "port " + port, "from 0 (any free one) to 65535");
      this.port = port;
      return this;
    }

    /**
     * The API key that clients must show; {@code dev-key} by default.
     *
     * @param apiKey the bare key, of letters, digits and {@code . _ ~ + / = -}
     * @return this
     * @throws IllegalArgumentException when it is empty, or has other characters
     */
    public Builder apiKey(String apiKey) {
      check(
          API_KEY.matcher(apiKey).matches(),
          "API key",
          "of letters, digits and . _ ~ + / = - only");
      this.apiKey = apiKey;
      return this;
    }

    /**
     * Caches that are there from the start. May be called more than once; if it never is, there is
     * one, {@code entitlements}.
     *
     * @param names each of 1 to 255 letters, digits, '.', '_' and '-'
     * @return this
     * @throws IllegalArgumentException when one is not
     */
    public Builder cache(String... names) {
      for (String name : names) {
        check(
            Limits.isCacheName(name),
            "cache name " + name,
            "1 to 255 of letters, digits, '.', '_' and '-'");
        if (!caches.contains(name)) {
          caches.add(name);
        }
      }
      return this;
    }

    /**
     * How often a quiet subscription gets a heartbeat, beside the one it begins with; 5 s by
     * default. It is counted in real time, not by the {@link #clock}.
     *
     * @param interval at least 1 ms
     * @return this
     * @throws IllegalArgumentException when it is shorter
     */
    public Builder heartbeatInterval(Duration interval) {
      check(interval.toMillis() >= 1, "heartbeat interval " + interval, "at least 1 ms");
      this.heartbeatInterval = interval;
      return this;
    }

    /**
     * How many of its newest messages a topic can replay to a subscriber that comes back; 100 by
     * default. Who missed more gets a discontinuity.
     *
     * @param messages 0 or more
     * @return this
     * @throws IllegalArgumentException when it is negative
     */
    public Builder replayDepth(int messages) {
      check(messages >= 0, "replay depth " + messages, "0 or more");
      this.replayDepth = messages;
      return this;
    }

    /**
     * How many events are kept for a subscriber that does not read; 1000 by default. What comes
     * beyond is dropped, and a discontinuity takes its place.
     *
     * @param events 1 or more
     * @return this
     * @throws IllegalArgumentException when it is less
     */
    public Builder subscriberBuffer(int events) {
      check(events >= 1, "subscriber buffer " + events, "1 or more");
      this.subscriberBuffer = events;
      return this;
    }

    /**
     * How long a long poll of the HTTP API waits before it answers {@code {"items":[]}}; 30 s by
     * default. It is counted in real time.
     *
     * @param wait at least 1 ms
     * @return this
     * @throws IllegalArgumentException when it is shorter
     */
    public Builder longPollWait(Duration wait) {
      check(wait.toMillis() >= 1, "long poll wait " + wait, "at least 1 ms");
      this.longPollWait = wait;
      return this;
    }

    /**
     * Whether a subscription ends with UNAUTHENTICATED when the token runs out that opened it; true
     * by default. What the cloud does is not documented: clients should work with both.
     *
     * @param end false lets it go on
     * @return this
     */
    public Builder endStreamsAtTokenExpiry(boolean end) {
      this.endStreamsAtTokenExpiry = end;
      return this;
    }

    /**
     * Serves TLS, too, on a second port, any free one: for clients that cannot be told to do
     * without, see {@link LocalMomento#tlsCredentials}. While such a server is open, a provider of
     * host names is registered with gRPC that knows its name, and passes on all others.
     *
     * @return this
     */
    public Builder tls() {
      this.tls = true;
      return this;
    }

    /**
     * The account's soft limits; {@link Quotas#unlimited()} by default.
     *
     * @param quotas such as {@link Quotas#cloudDefaults()}
     * @return this
     */
    public Builder quotas(Quotas quotas) {
      this.quotas = Objects.requireNonNull(quotas, "quotas");
      return this;
    }

    /**
     * The clock by which items and tokens run out and rates are counted; the system's by default. A
     * test that sets it forward sees them run out at once; open subscriptions notice within a tenth
     * of a second.
     *
     * @param clock is read often, from many threads
     * @return this
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Starts the server. The builder can be used again.
     *
     * @return a server that listens
     * @throws LocalMomentoException when it cannot listen, with the reason
     */
    public LocalMomento start() {
      return new LocalMomento(
          new Settings(
              host,
              port,
              apiKey,
              caches.isEmpty() ? List.of("entitlements") : caches,
              heartbeatInterval,
              replayDepth,
              subscriberBuffer,
              longPollWait,
              endStreamsAtTokenExpiry,
              tls,
              quotas,
              clock));
    }

    private static void check(boolean right, String what, String expected) {
      if (!right) {
        throw new IllegalArgumentException("Invalid " + what + ": expected " + expected);
      }
    }
  }
}
