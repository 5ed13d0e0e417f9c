package dev.entitlements.client;

import dev.entitlements.client.internal.engine.EngineResources;
import dev.entitlements.client.internal.engine.GrpcTransport;
import dev.entitlements.client.internal.engine.WatcherEngine;
import dev.entitlements.client.internal.engine.Worker;
import dev.entitlements.client.internal.protocol.Settings;
import dev.entitlements.internal.DaemonThreads;
import dev.entitlements.internal.TimeSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What watchers run on: connections, timers and threads. A watcher makes one for itself unless it
 * is given one; a process with many watchers gives them all the same, and then connections and
 * threads do not grow with their number.
 *
 * <p>Its threads are daemons: {@code entitlements-watcher} (one, for transitions and timers),
 * {@code entitlements-login} (for session sources) and {@code entitlements-callback} (for
 * listeners), at most {@value #POOL_THREADS} each, which end when idle. Safe for use by several
 * threads.
 */
public final class WatcherRuntime implements AutoCloseable {
  private static final int POOL_THREADS = 4;
  private static final int IDLE_SECONDS = 10;
  private static final long STOP_TIMEOUT_MILLIS = 1000;

  private final GrpcTransport transport;
  private final Worker worker;
  private final ThreadPoolExecutor callbacks;
  private final ThreadPoolExecutor logins;
  private final EngineResources resources;

  // Guarded by the set: the engines that have not stopped, and whether there can be more.
  private final Set<WatcherEngine> engines = new HashSet<>();
  private boolean closed;

  private WatcherRuntime(Builder builder) {
    transport = new GrpcTransport(builder.plaintextAllowed);
    worker = new Worker();
    callbacks = pool("entitlements-callback");
    logins = pool("entitlements-login");
    resources =
        new EngineResources(transport, worker, worker, callbacks, logins, TimeSource.system());
  }

  private static ThreadPoolExecutor pool(String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            POOL_THREADS,
            POOL_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            // Bounded by those who use it: each listener and each session source has one task
            // waiting at most.
            new LinkedBlockingQueue<>(),
            DaemonThreads.named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * A runtime with all defaults.
   *
   * @return the runtime, to be closed by the caller; that closes its watchers too
   */
  public static WatcherRuntime create() {
    return builder().build();
  }

  /**
   * Starts a runtime.
   *
   * @return a builder, not safe for use by several threads
   */
  public static Builder builder() {
    return new Builder();
  }

  EngineResources resources() {
    return resources;
  }

  /** An engine that ends with this runtime, if not before. */
  WatcherEngine newEngine(SessionSource source, @Nullable String userId, Settings settings) {
    WatcherEngine engine = new WatcherEngine(source, userId, settings, resources);
    synchronized (engines) {
      if (closed) {
        throw new IllegalStateException("the watcher runtime is closed");
      }
      engines.add(engine);
    }
    engine.stopped().thenRun(() -> forget(engine));
    return engine;
  }

  private void forget(WatcherEngine engine) {
    synchronized (engines) {
      engines.remove(engine);
    }
  }

  /** Waits for a second at most; not on the worker, which would wait for itself. */
  void await(CompletableFuture<?> stopped) {
    if (worker.isHere()) {
      return;
    }
    try {
      stopped.get(STOP_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // A listener holds up the worker, which stops them when it can.
    }
  }

  /**
   * Stops all watchers that still run on it, and ends all connections, timers and threads. A
   * callback that is running goes on to its end. Takes two seconds at most. On a thread that is
   * interrupted, or while a listener whose executor runs things at once holds up the others, it
   * does not wait for the end, which comes all the same.
   */
  @Override
  public void close() {
    CompletableFuture<Void> stopped = stopAll();
    await(stopped);
    if (stopped.isDone()) {
      release();
    } else {
      // Not before: a worker that is gone stops nobody, and they would say LIVE for ever.
      stopped.whenComplete((nothing, error) -> release());
    }
  }

  private CompletableFuture<Void> stopAll() {
    synchronized (engines) {
      closed = true;
      return CompletableFuture.allOf(
          engines.stream().map(WatcherEngine::stop).toArray(CompletableFuture[]::new));
    }
  }

  private void release() {
    worker.close();
    transport.close();
    callbacks.shutdown();
    logins.shutdownNow(); // nobody waits for what they would say
  }

  /** Builds a {@link WatcherRuntime}. Not safe for use by several threads. */
  public static final class Builder {
    private boolean plaintextAllowed;

    private Builder() {}

    /**
     * Allows tokens to travel unencrypted to another machine, as some test networks need. Without
     * it, an endpoint that is neither https nor this machine is refused.
     *
     * @param allowed true to allow it
     * @return this builder
     */
    public Builder allowPlaintext(boolean allowed) {
      this.plaintextAllowed = allowed;
      return this;
    }

    /**
     * Makes the runtime. Nothing is connected yet.
     *
     * @return the runtime, to be closed by the caller; that closes its watchers too
     */
    public WatcherRuntime build() {
      return new WatcherRuntime(this);
    }
  }
}
