package dev.entitlements.client;

import dev.entitlements.client.internal.engine.EngineResources;
import dev.entitlements.client.internal.engine.GrpcTransport;
import dev.entitlements.client.internal.engine.Stopping;
import dev.entitlements.client.internal.engine.WatcherEngine;
import dev.entitlements.internal.DaemonThreads;
import dev.entitlements.internal.ExecutorScheduler;
import dev.entitlements.internal.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What watchers run on: connections, timers and threads. A watcher makes one for itself unless it
 * is given one; a process with many watchers gives them all the same, and then connections and
 * threads do not grow with their number.
 *
 * <p>Its threads are daemons: {@code entitlements-watcher} (one, for transitions and timers) and
 * {@code entitlements-callback} (at most {@value #CALLBACK_THREADS}, for session sources and
 * listeners; they end when idle). Safe for use by several threads.
 */
public final class WatcherRuntime implements AutoCloseable {
  private static final int CALLBACK_THREADS = 4;
  private static final int IDLE_SECONDS = 10;

  private final GrpcTransport transport;
  private final ExecutorScheduler worker;
  private final ThreadPoolExecutor callbacks;
  private final EngineResources resources;
  private final Set<WatcherEngine> engines = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private WatcherRuntime(Builder builder) {
    transport = new GrpcTransport(builder.plaintextAllowed);
    worker = new ExecutorScheduler("entitlements-watcher");
    callbacks =
        new ThreadPoolExecutor(
            CALLBACK_THREADS,
            CALLBACK_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            // Bounded by those who use it: each listener and each session source has one task
            // waiting at most.
            new LinkedBlockingQueue<>(),
            DaemonThreads.named("entitlements-callback"));
    callbacks.allowCoreThreadTimeOut(true);
    resources = new EngineResources(transport, worker, worker, callbacks, TimeSource.system());
  }

  /**
   * A runtime with all defaults.
   *
   * @return the runtime, to be closed by the caller once all its watchers are closed
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

  /** Takes in a watcher, which is stopped with the runtime at the latest. */
  void add(WatcherEngine engine) {
    engines.add(engine);
    engine.stopped().thenRun(() -> engines.remove(engine));
    if (closed) {
      throw new IllegalStateException("the watcher runtime is closed");
    }
  }

  /**
   * Closes all watchers that run on it, then ends all connections, timers and threads. A callback
   * that is running goes on to its end. Takes two seconds at most; calling it again has no effect.
   */
  @Override
  public void close() {
    closed = true;
    List<CompletableFuture<Void>> stopped = new ArrayList<>();
    engines.forEach(engine -> stopped.add(engine.stop()));
    Stopping.await(CompletableFuture.allOf(stopped.toArray(new CompletableFuture<?>[0])));
    worker.close();
    transport.close();
    callbacks.shutdown();
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
     * @return the runtime, to be closed by the caller once all its watchers are closed
     */
    public WatcherRuntime build() {
      return new WatcherRuntime(this);
    }
  }
}
