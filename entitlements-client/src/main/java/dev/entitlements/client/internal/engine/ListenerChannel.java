package dev.entitlements.client.internal.engine;

import dev.entitlements.Entitlements;
import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.client.EntitlementListener;
import dev.entitlements.client.WatcherStatus;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one listener: in order, never two calls at a time, and never more than the newest
 * snapshot and the newest status waiting, however slow the listener is.
 */
final class ListenerChannel {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerChannel.class);

  private final EntitlementListener listener;
  private final SerialQueue queue;

  // Written by the engine, taken by the queue.
  private final AtomicReference<@Nullable Shown> waitingSnapshot = new AtomicReference<>();
  private final AtomicReference<@Nullable WatcherStatus> waitingStatus = new AtomicReference<>();
  private volatile boolean removed;

  // Touched only on the queue.
  private @Nullable Entitlements seen;

  ListenerChannel(EntitlementListener listener, Executor executor) {
    this.listener = listener;
    this.queue = new SerialQueue(executor);
  }

  boolean isOf(EntitlementListener other) {
    return listener.equals(other);
  }

  void show(Entitlements snapshot, Cause cause) {
    if (waitingSnapshot.getAndSet(new Shown(snapshot, cause)) == null) {
      queue.execute(this::deliverSnapshot);
    } else {
      queue.wake();
    }
  }

  void show(WatcherStatus status) {
    if (waitingStatus.getAndSet(status) == null) {
      queue.execute(this::deliverStatus);
    } else {
      queue.wake();
    }
  }

  void remove() {
    removed = true;
  }

  private void deliverSnapshot() {
    Shown shown = waitingSnapshot.getAndSet(null);
    if (shown == null || removed || looksAsBefore(shown.snapshot)) {
      return;
    }
    EntitlementChange change = EntitlementChange.of(seen, shown.snapshot, shown.cause);
    seen = shown.snapshot;
    call(() -> listener.onChange(change));
  }

  private void deliverStatus() {
    WatcherStatus status = waitingStatus.getAndSet(null);
    if (status != null && !removed) {
      call(() -> listener.onStatus(status));
    }
  }

  /** A new revision of the same content is nothing to tell. */
  private boolean looksAsBefore(Entitlements snapshot) {
    return seen != null && seen.content().equals(snapshot.content());
  }

  private void call(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable e) {
      LOG.error("Listener {} threw; it will be told of later changes all the same", listener, e);
    }
  }

  private static final class Shown {
    final Entitlements snapshot;
    final Cause cause;

    Shown(Entitlements snapshot, Cause cause) {
      this.snapshot = snapshot;
      this.cause = cause;
    }
  }
}
