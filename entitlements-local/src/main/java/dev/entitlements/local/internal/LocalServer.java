package dev.entitlements.local.internal;

import dev.entitlements.local.LocalMomentoException;
import dev.entitlements.local.LocalMomentoException.Reason;
import dev.entitlements.local.StreamEnd;
import dev.entitlements.local.internal.fault.Happenings;
import dev.entitlements.local.internal.http.Listener;
import dev.entitlements.local.internal.topic.TopicName;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's life: it listens, is down for a while during a restart, and is closed in the end. */
public final class LocalServer implements AutoCloseable, Happenings {
  private static final Logger log = LoggerFactory.getLogger(LocalServer.class);
  private static final Duration EXPIRY_CHECK = Duration.ofMillis(50);
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final Settings settings;
  private final Timers timers = new Timers();
  private final ServerState state;
  private final int port;

  private final ReentrantLock lifecycle = new ReentrantLock();
  // Guarded by the lock. No listener: down for a restart, or closed.
  private @Nullable Listener listener;
  private @Nullable CompletableFuture<Void> restart;
  private boolean closed;

  private LocalServer(Settings settings) {
    this.settings = settings;
    this.state = ServerState.of(settings, timers);
    try {
      Listener started = listen(settings.port());
      listener = started;
      port = started.port();
    } catch (LocalMomentoException e) {
      timers.close();
      throw e;
    }
    timers.every(EXPIRY_CHECK, state.topics()::endExpired);
    timers.every(SWEEP, this::sweep);
  }

  /**
   * Starts one.
   *
   * @throws LocalMomentoException when the address cannot be listened on
   */
  public static LocalServer start(Settings settings) {
    return new LocalServer(settings);
  }

  public Settings settings() {
    return settings;
  }

  public ServerState state() {
    return state;
  }

  public int port() {
    return port;
  }

  @Override
  public int endStreams(
      @Nullable String cache, @Nullable String topic, @Nullable StreamEnd status) {
    Refusal refusal =
        status == null
            ? null
            : Refusal.of(
                Status.Code.valueOf(status.name()),
                "Ended by a fault that was asked for: " + status);
    return cache == null || topic == null
        ? state.topics().end(name -> true, refusal)
        : state.topics().end(new TopicName(cache, topic)::equals, refusal);
  }

  @Override
  public void resetTopic(String cache, String topic) {
    state.topics().reset(new TopicName(cache, topic));
  }

  @Override
  public void announceDiscontinuity(String cache, String topic, int missed) {
    state.topics().announceDiscontinuity(new TopicName(cache, topic), missed);
  }

  @Override
  public int dropConnections() {
    lifecycle.lock();
    try {
      return listener == null ? 0 : listener.dropConnections();
    } finally {
      lifecycle.unlock();
    }
  }

  @Override
  public void expireTokens() {
    state.tokens().expireAll();
    state.topics().endExpired();
  }

  @Override
  public CompletableFuture<Void> restart(Duration downFor, boolean keepItems) {
    lifecycle.lock();
    try {
      if (closed) {
        throw new IllegalStateException("LocalMomento is closed");
      }
      if (restart != null) {
        throw new IllegalStateException("LocalMomento is restarting already");
      }
      CompletableFuture<Void> back = new CompletableFuture<>();
      restart = back;
      stopListening();
      state.topics().resetAll();
      if (!keepItems) {
        state.caches().flushAll();
      }
      timers.after(downFor, this::comeBack);
      return back;
    } finally {
      lifecycle.unlock();
    }
  }

  /** Idempotent. */
  @Override
  public void close() {
    CompletableFuture<Void> unfinished;
    lifecycle.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      unfinished = restart;
      stopListening();
    } finally {
      lifecycle.unlock();
    }
    timers.close();
    state.faults().clear();
    if (unfinished != null) {
      unfinished.completeExceptionally(new IllegalStateException("LocalMomento was closed"));
    }
  }

  /** Host and port as one connects to them. */
  public String authority() {
    return connectHost() + ":" + port;
  }

  /** The host as one connects to it: "any address" is none to connect to. */
  public String connectHost() {
    String host = settings.host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return "127.0.0.1";
    }
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  private void comeBack() {
    lifecycle.lock();
    try {
      CompletableFuture<Void> back = restart;
      if (closed || back == null) {
        return;
      }
      restart = null;
      try {
        listener = listen(port);
        back.completeAsync(() -> null);
      } catch (LocalMomentoException e) {
        log.warn("LocalMomento did not come back from its restart", e);
        back.completeExceptionally(e);
      }
    } finally {
      lifecycle.unlock();
    }
  }

  private void stopListening() {
    if (listener != null) {
      listener.close();
      listener = null;
      // Their connections are gone, and with the event loops whatever would have told us so.
      state.topics().end(topic -> true, Refusal.of(Status.Code.UNAVAILABLE, "The server stopped"));
    }
  }

  private void sweep() {
    state.caches().sweep();
    state.topics().sweep();
  }

  private Listener listen(int onPort) {
    InetSocketAddress address = new InetSocketAddress(settings.host(), onPort);
    if (address.isUnresolved()) {
      throw new LocalMomentoException(
          Reason.BAD_HOST,
          "Cannot listen on host " + settings.host() + ": no such host. Try 127.0.0.1.");
    }
    try {
      return Listener.start(state, timers, this, address, this::authority);
    } catch (IOException e) {
      throw cannotListen(onPort, e);
    }
  }

  private LocalMomentoException cannotListen(int onPort, Throwable cause) {
    String where = settings.host() + ":" + onPort;
    String said = String.valueOf(cause.getMessage());
    if (said.contains("in use")) {
      return new LocalMomentoException(
          Reason.PORT_IN_USE,
          "Cannot listen on "
              + where
              + ": the port is in use. Stop what uses it, or take another port (0 for any free"
              + " one).",
          cause);
    }
    if (said.contains("ermission denied")) {
      return new LocalMomentoException(
          Reason.PORT_FORBIDDEN,
          "Cannot listen on " + where + ": not permitted. Take a port from 1024 on.",
          cause);
    }
    return new LocalMomentoException(
        Reason.BAD_HOST,
        "Cannot listen on "
            + where
            + ": "
            + said
            + ". The host must be an address of this machine, such as 127.0.0.1.",
        cause);
  }
}
