package dev.entitlements.client.internal.engine;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.client.EntitlementListener;
import dev.entitlements.client.SessionSource;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.client.internal.protocol.Action;
import dev.entitlements.client.internal.protocol.Effects;
import dev.entitlements.client.internal.protocol.Event;
import dev.entitlements.client.internal.protocol.Moment;
import dev.entitlements.client.internal.protocol.Protocol;
import dev.entitlements.client.internal.protocol.Settings;
import dev.entitlements.client.internal.protocol.TimerKind;
import dev.entitlements.client.internal.protocol.VisibleSnapshot;
import dev.entitlements.client.internal.protocol.WatcherState;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.internal.TimeSource;
import dev.entitlements.momento.CacheReader.Consistency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the protocol for one watcher: takes events from anywhere, steps the state on one
 * serial queue, performs the actions, tells the listeners.
 */
public final class WatcherEngine {
  private static final Logger LOG = LoggerFactory.getLogger(WatcherEngine.class);

  // Fixed.
  private final SessionSource source;
  private final EngineResources resources;
  private final TimeSource time;
  private final SerialQueue queue;
  private final CompletableFuture<Entitlements> first = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  // Touched only on the queue.
  private WatcherState state;
  private final Timers timers;
  private final Map<Long, StreamAttempt> streams = new HashMap<>();
  private final Map<Long, CompletableFuture<Optional<byte[]>>> reads = new HashMap<>();
  private final List<ListenerChannel> listeners = new ArrayList<>();
  private Cause lastCause = Cause.LOGIN;
  private @Nullable SessionFetch fetch;

  // Written on the queue, read anywhere.
  private volatile @Nullable VisibleSnapshot visible;
  private volatile WatcherStatus status;

  public WatcherEngine(
      SessionSource source, @Nullable String userId, Settings settings, EngineResources resources) {
    this.source = source;
    this.resources = resources;
    this.time = resources.time();
    this.queue = new SerialQueue(resources.worker());
    this.timers = new Timers(resources.scheduler(), queue, kind -> handle(Event.timer(kind)));
    this.state = WatcherState.initial(settings, userId, time.now());
    this.status = state.status();
  }

  /**
   * Completes, on a callback thread, with the first snapshot; fails if the watcher stops before.
   */
  public CompletableFuture<Entitlements> start() {
    post(Event.start());
    return first;
  }

  /** Stops; the future completes, on the queue, once everything of this watcher has ended. */
  public CompletableFuture<Void> stop() {
    post(Event.close());
    return stopped;
  }

  /** Completes, on the queue, once everything of this watcher has ended. */
  public CompletableFuture<Void> stopped() {
    return stopped;
  }

  public Optional<Entitlements> current() {
    VisibleSnapshot snapshot = visible;
    if (snapshot == null) {
      return Optional.empty();
    }
    // To read the clock costs more than all the rest.
    return (snapshot.dependsOnTime() ? snapshot.at(time.nanoTime()) : snapshot).active();
  }

  public WatcherStatus status() {
    return status;
  }

  public void addListener(EntitlementListener listener, Executor executor) {
    ListenerChannel channel = new ListenerChannel(listener, executor);
    queue.execute(
        () -> {
          listeners.add(channel);
          state
              .snapshot()
              .flatMap(VisibleSnapshot::active)
              .ifPresent(active -> channel.show(active, lastCause));
          channel.show(status);
        });
  }

  public void removeListener(EntitlementListener listener) {
    queue.execute(
        () ->
            listeners.removeIf(
                channel -> {
                  boolean found = channel.isOf(listener);
                  if (found) {
                    channel.remove();
                  }
                  return found;
                }));
  }

  private void post(Event event) {
    queue.execute(() -> handle(event));
  }

  private void handle(Event event) {
    Protocol.Step step = Protocol.step(state, event, Moment.of(time));
    WatcherStatus before = state.status();
    state = step.state();
    // Whoever is told of a change must find it when she looks.
    visible = state.snapshot().orElse(null);
    status = state.status();
    LOG.debug("{}: {} -> {} {}", this, event, status.state(), step.actions());
    Effects effects = new Performance();
    for (Action action : step.actions()) {
      perform(action, effects);
    }
    if (!status.equals(before)) {
      listeners.forEach(channel -> channel.show(status));
    }
    if (state.isStopped()) {
      atStop();
    }
  }

  /** One action that fails must not keep the others from being done: the state has moved on. */
  private static void perform(Action action, Effects effects) {
    try {
      action.perform(effects);
    } catch (RuntimeException | Error e) {
      LOG.error("Could not {}", action, e);
    }
  }

  private void handleStream(long attempt, Event event) {
    if (streams.containsKey(attempt)) {
      handle(event);
    }
  }

  private void streamEnded(long attempt, Optional<EntitlementsException> error) {
    if (streams.remove(attempt) != null) {
      handle(Event.streamEnded(attempt, error));
    }
  }

  private void readDone(long attempt, String userId, Optional<byte[]> item) {
    if (reads.remove(attempt) != null) {
      Event event;
      try {
        event =
            Event.readDone(attempt, item.map(bytes -> EntitlementsCodec.decodeItem(userId, bytes)));
      } catch (EntitlementsException e) {
        event = Event.readFailed(attempt, e);
      }
      handle(event);
    }
  }

  private void readFailed(long attempt, Throwable error) {
    if (reads.remove(attempt) != null) {
      handle(
          Event.readFailed(
              attempt, Failures.toException(error, ErrorKind.INTERNAL, "the read failed")));
    }
  }

  private void showAll(Entitlements active, Cause cause) {
    lastCause = cause;
    listeners.forEach(channel -> channel.show(active, cause));
    if (!first.isDone()) {
      callBack(() -> first.complete(active));
    }
  }

  private void atStop() {
    if (stopped.isDone()) {
      return;
    }
    EntitlementsException reason =
        status
            .lastError()
            .orElseGet(() -> new EntitlementsException(ErrorKind.CLOSED, "the watcher was closed"));
    callBack(() -> first.completeExceptionally(reason));
    stopped.complete(null);
  }

  private void callBack(Runnable completion) {
    try {
      resources.callbacks().execute(completion);
    } catch (RejectedExecutionException closed) {
      completion.run();
    }
  }

  @Override
  public String toString() {
    return "watcher " + Integer.toHexString(System.identityHashCode(this));
  }

  /** The actions, each as what it does. */
  private final class Performance implements Effects {
    @Override
    public void fetchSession(long attempt) {
      fetch = new SessionFetch(attempt, source, WatcherEngine.this::post);
      fetch.startOn(resources.logins());
    }

    @Override
    public void cancelFetch(long attempt) {
      if (fetch != null) {
        fetch.cancel();
        fetch = null;
      }
    }

    @Override
    public void openStream(long attempt, SessionToken session) {
      StreamAttempt stream =
          new StreamAttempt(
              attempt, session.userId(), queue, event -> handleStream(attempt, event));
      streams.put(attempt, stream);
      try {
        stream.open(resources.transport().subscriber(session), session);
      } catch (EntitlementsException e) {
        queue.execute(() -> streamEnded(attempt, Optional.of(e)));
      }
    }

    @Override
    public void cancelStream(long attempt) {
      StreamAttempt stream = streams.remove(attempt);
      if (stream != null) {
        stream.cancel();
      }
    }

    @Override
    public void read(long attempt, SessionToken session, Consistency consistency) {
      try {
        CompletableFuture<Optional<byte[]>> read =
            resources.transport().reader(session).get(session.key(), consistency);
        reads.put(attempt, read);
        read.thenAccept(item -> queue.execute(() -> readDone(attempt, session.userId(), item)))
            .exceptionally(
                error -> {
                  queue.execute(() -> readFailed(attempt, error));
                  return null;
                });
      } catch (EntitlementsException e) {
        post(Event.readFailed(attempt, e));
      }
    }

    @Override
    public void cancelRead(long attempt) {
      CompletableFuture<Optional<byte[]>> read = reads.remove(attempt);
      if (read != null) {
        read.cancel(false);
      }
    }

    @Override
    public void setTimer(TimerKind kind, Duration delay) {
      timers.set(kind, delay);
    }

    @Override
    public void cancelTimer(TimerKind kind) {
      timers.cancel(kind);
    }

    @Override
    public void show(VisibleSnapshot snapshot, Cause cause) {
      snapshot.active().ifPresent(active -> showAll(active, cause));
    }

    @Override
    public void report(EntitlementsException error) {
      LOG.warn("{}: {}", WatcherEngine.this, error.toString());
    }
  }
}
