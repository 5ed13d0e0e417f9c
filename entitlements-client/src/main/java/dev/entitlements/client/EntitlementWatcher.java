package dev.entitlements.client;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.client.internal.engine.WatcherEngine;
import dev.entitlements.client.internal.protocol.Settings;
import dev.entitlements.internal.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a local copy of one user's entitlements right, in real time, and tells listeners when it
 * changes.
 *
 * <pre>{@code
 * EntitlementWatcher watcher = EntitlementWatcher.builder(() -> backend.login()).build();
 * watcher.addListener(change -> showWhatIsAvailable(change.current()));
 * watcher.start();
 * ...
 * if (watcher.isEntitled("premium")) { play(); }
 * ...
 * watcher.close();
 * }</pre>
 *
 * <p>What it does about failures:
 *
 * <ol>
 *   <li>However the stream ends, it reconnects, and reads the cache again once the new stream is
 *       active. Retries are spaced by an exponential back-off with full jitter.
 *   <li>It fetches a new session before the token runs out, and when it is refused; the new stream
 *       is active before the old one is dropped.
 *   <li>While it cannot prove that its copy is current, {@link #status()} says so. The copy itself
 *       stays, because a player that is offline still plays what it may.
 *   <li>What is malformed, of another user, or of a newer schema never changes the copy. A cache
 *       item that has run out never takes anything away.
 *   <li>Only {@link #close()}, that of its runtime, and a session source that says "signed out"
 *       stop it.
 * </ol>
 *
 * <p>A watcher belongs to one user; for another user, close it and build another. All methods are
 * safe for use by several threads and, {@link #close()} apart, none blocks. Nothing is thrown into
 * the host's threads.
 */
public final class EntitlementWatcher implements AutoCloseable {
  private final WatcherEngine engine;
  private final WatcherRuntime runtime;
  private final boolean ownsRuntime;

  private EntitlementWatcher(Builder builder) {
    ownsRuntime = builder.runtime == null;
    runtime = builder.runtime == null ? WatcherRuntime.create() : builder.runtime;
    engine = runtime.newEngine(builder.source, builder.userId, builder.settings);
    builder.listeners.forEach(this::addListener);
  }

  /**
   * Starts a watcher.
   *
   * @param source the host's login call
   * @return a builder, not safe for use by several threads
   */
  public static Builder builder(SessionSource source) {
    return new Builder(source);
  }

  /**
   * Starts watching. Further calls change nothing and return the same future.
   *
   * @return completes, on a callback thread, with the first usable snapshot: that of the session,
   *     or else the first one that is read or pushed. It waits as long as it takes; fails with an
   *     {@link EntitlementsException} only if the watcher stops before, of kind {@link
   *     ErrorKind#SIGNED_OUT} or {@link ErrorKind#CLOSED}.
   */
  public CompletableFuture<Entitlements> start() {
    return engine.start();
  }

  /**
   * The local copy: the newest snapshot that has come, with only the grants that are active at this
   * moment. Reads memory only.
   *
   * @return the snapshot, or empty before the first one has come
   */
  public Optional<Entitlements> current() {
    return engine.current();
  }

  /**
   * Whether the user has a grant that is active at this moment, by the local copy. Reads memory
   * only.
   *
   * @param id the grant's id
   * @return true if she has; false if not, or if no snapshot has come yet
   */
  public boolean isEntitled(String id) {
    Optional<Entitlements> current = engine.current();
    return current.isPresent() && current.get().entitlements().containsKey(id);
  }

  /**
   * How far the local copy can be trusted. Reads memory only.
   *
   * @return the status
   */
  public WatcherStatus status() {
    return engine.status();
  }

  /**
   * Adds a listener, which is called on a thread of the runtime. A listener that may block wants an
   * executor of its own.
   *
   * @param listener is told of what there is at present, then of changes
   */
  public void addListener(EntitlementListener listener) {
    addListener(listener, runtime.resources().callbacks());
  }

  /**
   * Adds a listener.
   *
   * @param listener is told of what there is at present, then of changes
   * @param executor runs its callbacks, of which there is never more than one at a time; never shut
   *     down by the watcher
   */
  public void addListener(EntitlementListener listener, Executor executor) {
    engine.addListener(
        Objects.requireNonNull(listener, "listener"), Objects.requireNonNull(executor, "executor"));
  }

  /**
   * Removes a listener. A callback that is running goes on to its end; no further one begins.
   *
   * @param listener the listener; if it was not added, nothing happens
   */
  public void removeListener(EntitlementListener listener) {
    engine.removeListener(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Stops watching: ends stream, timers, and, unless a runtime was given, connections and threads.
   * Listeners are told the status {@link WatcherStatus.State#STOPPED}. Takes a second at most; may
   * be called in any state, from any thread, a listener's too, and again. In a listener whose
   * executor runs it at once, it does not wait, and what it ends has ended soon after.
   */
  @Override
  public void close() {
    if (ownsRuntime) {
      runtime.close();
    } else {
      runtime.await(engine.stop());
    }
  }

  @Override
  public String toString() {
    return "EntitlementWatcher{" + status() + "}";
  }

  /**
   * Builds an {@link EntitlementWatcher}; each method checks what it is given. Not safe for use by
   * several threads.
   */
  public static final class Builder {
    private final SessionSource source;
    private final List<EntitlementListener> listeners = new ArrayList<>();
    private Settings settings = Settings.defaults();
    private @Nullable String userId;
    private @Nullable WatcherRuntime runtime;

    private Builder(SessionSource source) {
      this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * Sets whose entitlements to watch. Without it, the first session decides.
     *
     * @param userId the user's id; sessions of anybody else are refused
     * @return this builder
     * @throws IllegalArgumentException if the id is not allowed
     */
    public Builder userId(String userId) {
      this.userId = Names.requireUserId(userId);
      return this;
    }

    /**
     * Sets what to run on, to be shared with other watchers. Without it, the watcher makes its own,
     * and closes it.
     *
     * @param runtime the runtime; never closed by the watcher, which stops when it is closed
     * @return this builder
     */
    public Builder runtime(WatcherRuntime runtime) {
      this.runtime = Objects.requireNonNull(runtime, "runtime");
      return this;
    }

    /**
     * Adds a listener from the beginning; see {@link
     * EntitlementWatcher#addListener(EntitlementListener)}.
     *
     * @param listener is told of changes
     * @return this builder
     */
    public Builder listener(EntitlementListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Sets how long the session source may take, from when it is called, after which it counts as
     * failed.
     *
     * @param timeout more than nothing; 30 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not more than nothing
     */
    public Builder sessionTimeout(Duration timeout) {
      settings = settings.withSessionTimeout(timeout);
      return this;
    }

    /**
     * Sets how long the first heartbeat of a stream may take, after which the stream counts as
     * failed.
     *
     * @param timeout more than nothing; 5 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not more than nothing
     */
    public Builder firstHeartbeatTimeout(Duration timeout) {
      settings = settings.withFirstHeartbeat(timeout);
      return this;
    }

    /**
     * Sets how often the cache is read although nothing calls for it.
     *
     * @param interval more than nothing; 5 min by default, spread over plus and minus 20 %
     * @return this builder
     * @throws IllegalArgumentException if it is not more than nothing
     */
    public Builder reconcileInterval(Duration interval) {
      settings = settings.withReconcile(interval);
      return this;
    }

    /**
     * Sets how retries are spaced: each waits a random time up to a ceiling, which doubles from one
     * failure to the next. A connection is never waited for longer than it has been failing, and
     * each 10 s for which it works take one failure back, 60 s all of them. For a lack of quota a
     * second or so is added, and for what does not pass by itself, such as a missing cache, 10 s to
     * 30 s.
     *
     * @param first the first ceiling, more than nothing; 250 ms by default
     * @param max the highest ceiling, at least the first; 30 s by default
     * @return this builder
     * @throws IllegalArgumentException if the ceilings are not like that
     */
    public Builder retryBackoff(Duration first, Duration max) {
      settings = settings.withBackoff(first, max);
      return this;
    }

    /**
     * Makes the watcher. Nothing happens before {@link EntitlementWatcher#start()}.
     *
     * @return the watcher, to be closed by the caller
     * @throws IllegalStateException if the runtime is closed
     */
    public EntitlementWatcher build() {
      return new EntitlementWatcher(this);
    }
  }
}
