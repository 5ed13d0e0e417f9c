package dev.entitlements.local.internal.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.cors.CorsService;
import dev.entitlements.local.internal.Limits;
import dev.entitlements.local.internal.ServerState;
import dev.entitlements.local.internal.Settings;
import dev.entitlements.local.internal.Timers;
import dev.entitlements.local.internal.fault.Happenings;
import dev.entitlements.local.internal.grpc.GrpcServices;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What listens on the port, from one start to one stop. */
public final class Listener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);

  /** More than the largest item, so that one that is too large gets Momento's own answer. */
  private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

  private final EventLoopGroup eventLoops;
  private final Connections connections = new Connections();
  private final Server server;

  private Listener(
      ServerState state,
      Timers timers,
      Happenings happenings,
      InetSocketAddress address,
      @Nullable TlsPort tls,
      Supplier<String> authority) {
    eventLoops =
        EventLoopGroups.newEventLoopGroup(
            Math.min(4, Runtime.getRuntime().availableProcessors()), "local-momento-io", true);
    ServerBuilder builder = configure(state, timers, happenings, authority).http(address);
    if (tls != null) {
      builder.https(tls.address()).tls(tls.keyPair());
    }
    server = builder.build();
  }

  /**
   * Starts to listen.
   *
   * @param happenings what the admin endpoint can make happen
   * @param tls where TLS is served, too; null for nowhere
   * @param authority host and port, as tokens name it; asked only once it listens
   * @throws IOException when the address cannot be bound
   */
  public static Listener start(
      ServerState state,
      Timers timers,
      Happenings happenings,
      InetSocketAddress address,
      @Nullable TlsPort tls,
      Supplier<String> authority)
      throws IOException {
    checkFree(address);
    if (tls != null) {
      checkFree(tls.address());
    }
    Listener listener = new Listener(state, timers, happenings, address, tls, authority);
    try {
      listener.server.start().join();
      listener.knock(address.getAddress(), listener.port());
      if (tls != null) {
        listener.knock(address.getAddress(), listener.tlsPort());
      }
      return listener;
    } catch (CompletionException e) {
      listener.close();
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  public int port() {
    return server.activeLocalPort(SessionProtocol.HTTP);
  }

  /** Only where TLS was asked for. */
  public int tlsPort() {
    return server.activeLocalPort(SessionProtocol.HTTPS);
  }

  /** Closes all connections, abruptly. Returns how many. */
  public int dropConnections() {
    return connections.drop();
  }

  /** Stops listening, drops the connections and ends the threads. */
  @Override
  public void close() {
    connections.drop();
    for (Channel acceptor : connections.acceptors()) {
      // Armeria ends the accepting thread itself, but takes two seconds over it unless its end has
      // begun; the quiet time lets Armeria's own tasks through.
      var unused = acceptor.eventLoop().parent().shutdownGracefully(50, 500, TimeUnit.MILLISECONDS);
    }
    // Of our own: Armeria's future lets nobody else complete it, a timeout neither.
    CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
    server.stop().whenComplete((done, error) -> stopped.complete(null));
    stopped.completeOnTimeout(null, 1_500, TimeUnit.MILLISECONDS).join();
    eventLoops.shutdownGracefully(0, 300, TimeUnit.MILLISECONDS).awaitUninterruptibly(500);
  }

  /** Fails at once, and as the platform words it, when the address cannot be had. */
  private static void checkFree(InetSocketAddress address) throws IOException {
    try (ServerSocket trial = new ServerSocket()) {
      trial.setReuseAddress(true);
      trial.bind(address);
    }
  }

  /** Connects once: then it is proved that it accepts, and known which channel does. */
  private void knock(InetAddress host, int port) {
    InetAddress reachable = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(reachable, port), 1_000);
      connections.awaitFirst(port);
    } catch (IOException | CompletionException e) {
      log.debug("LocalMomento cannot connect to itself; closing it will take longer", e);
    }
  }

  private ServerBuilder configure(
      ServerState state, Timers timers, Happenings happenings, Supplier<String> authority) {
    Settings settings = state.settings();
    HttpCaller caller = new HttpCaller(state.authenticator());
    AdminRoute admin = new AdminRoute(caller, state.faults(), happenings, timers);
    Fallback fallback = new Fallback(state.authenticator());
    return Server.builder()
        .workerGroup(eventLoops, false)
        // One of its own, and empty: the shared one warns when a second server comes.
        .meterRegistry(new CompositeMeterRegistry())
        .startStopExecutor(Runnable::run)
        .childChannelPipelineCustomizer(connections::opened)
        .http2MaxStreamsPerConnection(Limits.STREAMS_PER_CONNECTION)
        // 0 is no limit: clients that open and close many subscriptions are no attack here.
        .http2MaxResetFramesPerWindow(0, 0)
        // Streams live as long as their subscribers want, quiet connections too.
        .requestTimeout(Duration.ZERO)
        .idleTimeout(Duration.ZERO)
        .maxRequestLength(MAX_REQUEST_BYTES)
        .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
        .unloggedExceptionsReportInterval(Duration.ZERO)
        .service(GrpcServices.of(state, authority, MAX_REQUEST_BYTES))
        .service(
            CacheRoute.PATH, new CacheRoute(caller, state.caches(), state.gate(), state.meter()))
        .service(
            TopicRoute.PATH,
            new TopicRoute(caller, state.topics(), state.gate(), timers, settings.longPollWait()))
        .service(AdminRoute.ALL, admin)
        .service(AdminRoute.ONE, admin)
        .serviceUnder("/", fallback)
        .errorHandler(fallback)
        .decorator(
            CorsService.builderForAnyOrigin()
                .allowAllRequestHeaders(true)
                .allowRequestMethods(
                    HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE)
                .exposeHeaders("grpc-status", "grpc-message", "grpc-status-details-bin", "err")
                .maxAge(Duration.ofHours(1))
                .newDecorator());
  }
}
