package dev.entitlements.local.internal.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.cors.CorsService;
import dev.entitlements.local.internal.Limits;
import dev.entitlements.local.internal.ServerState;
import dev.entitlements.local.internal.Settings;
import dev.entitlements.local.internal.Timers;
import dev.entitlements.local.internal.grpc.GrpcServices;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What listens on the port, from one start to one stop. */
public final class Listener implements AutoCloseable {
  /** More than the largest item, so that one that is too large gets Momento's own answer. */
  private static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

  private final EventLoopGroup eventLoops;
  private final Connections connections = new Connections();
  private final Server server;

  private Listener(
      ServerState state, Timers timers, InetSocketAddress address, Supplier<String> authority) {
    eventLoops =
        EventLoopGroups.newEventLoopGroup(
            Math.min(4, Runtime.getRuntime().availableProcessors()), "local-momento-io", true);
    server = configure(state, timers, address, authority).build();
  }

  /**
   * Starts to listen.
   *
   * @param authority host and port, as tokens name it; asked only once it listens
   * @throws CompletionException when the address cannot be bound; its cause says why
   */
  public static Listener start(
      ServerState state, Timers timers, InetSocketAddress address, Supplier<String> authority) {
    Listener listener = new Listener(state, timers, address, authority);
    try {
      listener.server.start().join();
      return listener;
    } catch (CompletionException e) {
      listener.close();
      throw e;
    }
  }

  public int port() {
    return server.activeLocalPort();
  }

  /** Closes all connections, abruptly. Returns how many. */
  public int dropConnections() {
    return connections.drop();
  }

  /** Stops listening, drops the connections and ends the threads. */
  @Override
  public void close() {
    connections.drop();
    server.stop().join();
    eventLoops.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(1_000);
  }

  private ServerBuilder configure(
      ServerState state, Timers timers, InetSocketAddress address, Supplier<String> authority) {
    Settings settings = state.settings();
    HttpCaller caller = new HttpCaller(state.authenticator());
    Fallback fallback = new Fallback(state.authenticator());
    return Server.builder()
        .http(address)
        .workerGroup(eventLoops, false)
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
        .service(CacheRoute.PATH, new CacheRoute(caller, state.caches()))
        .service(
            TopicRoute.PATH,
            new TopicRoute(caller, state.topics(), timers, settings.longPollWait()))
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
