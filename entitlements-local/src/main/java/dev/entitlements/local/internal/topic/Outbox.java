package dev.entitlements.local.internal.topic;

import dev.entitlements.local.internal.Meter;
import dev.entitlements.local.internal.Refusal;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that wait for one subscriber, so many and no more. What does not fit is dropped, and a
 * discontinuity takes its place. Anybody may enqueue and drain; the sink's executor sends, unless a
 * fault wants silence.
 */
final class Outbox implements Subscriber {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private final int capacity;
  private final EventSink sink;
  private final BooleanSupplier silenced;
  private final Meter meter;
  private final AtomicInteger draining = new AtomicInteger();

  // Guarded by this.
  private final ArrayDeque<TopicEvent> queue = new ArrayDeque<>();
  private TopicEvent.@Nullable Discontinuity gap;
  private long lastSequence;
  private TopicEvent.@Nullable Message heldBack;
  private boolean ending;
  private @Nullable Refusal refusal;

  // The executor's.
  private boolean ended;

  Outbox(int capacity, EventSink sink, BooleanSupplier silenced, Meter meter) {
    this.capacity = capacity;
    this.sink = sink;
    this.silenced = silenced;
    this.meter = meter;
  }

  @Override
  public synchronized void enqueue(TopicEvent event) {
    if (ending) {
      return;
    }
    if (event instanceof TopicEvent.Heartbeat) {
      // One that waits says all that two would.
      if (queue.isEmpty()) {
        queue.add(event);
      }
    } else if (event instanceof TopicEvent.Message message) {
      if (queue.size() >= capacity) {
        skip(message);
      } else {
        closeGap();
        queue.add(message);
        lastSequence = message.sequence();
      }
    } else if (event instanceof TopicEvent.Discontinuity discontinuity) {
      if (queue.size() >= capacity) {
        openGap(discontinuity.nextSequence(), discontinuity.page());
      } else {
        gap = null;
        queue.add(discontinuity);
        lastSequence = discontinuity.nextSequence() - 1;
      }
    }
    if (!(event instanceof TopicEvent.Heartbeat)) {
      releaseHeldBack();
    }
  }

  @Override
  public synchronized void holdBack(TopicEvent.Message message) {
    heldBack = message;
  }

  @Override
  public synchronized boolean isHoldingBack() {
    return heldBack != null;
  }

  /** Takes what is held back, if there is any, out of its turn. */
  synchronized void releaseHeldBack() {
    // It leaves the numbers alone by which gaps are told: it comes late, and nothing came before.
    if (heldBack != null && !ending && queue.size() < capacity) {
      queue.add(heldBack);
    }
    heldBack = null;
  }

  @Override
  public synchronized void skip(TopicEvent.Message message) {
    openGap(message.sequence() + 1, message.page());
  }

  @Override
  public void end(@Nullable Refusal reason) {
    synchronized (this) {
      if (ending) {
        return;
      }
      ending = true;
      refusal = reason;
      // Who does not read must not keep the stream open.
      if (!sink.isReady() || silenced.getAsBoolean()) {
        queue.clear();
        gap = null;
      }
    }
    drain();
  }

  @Override
  public void drain() {
    if (draining.getAndIncrement() == 0) {
      try {
        sink.executor().execute(this::sendAll);
      } catch (RejectedExecutionException e) {
        log.debug("The server stops: a subscriber is told nothing more", e);
      }
    }
  }

  private void sendAll() {
    int seen = 1;
    do {
      send();
      seen = draining.addAndGet(-seen);
    } while (seen != 0);
  }

  private void send() {
    while (!ended) {
      TopicEvent event;
      synchronized (this) {
        if (!ending && !sink.isReady()) {
          return;
        }
        if (queue.isEmpty()) {
          closeGap();
        }
        if (!ending && !queue.isEmpty() && silenced.getAsBoolean()) {
          return;
        }
        event = queue.poll();
        if (event == null && !ending) {
          return;
        }
      }
      if (event == null) {
        ended = true;
        sink.end(refusal);
      } else {
        sink.send(event);
        if (event instanceof TopicEvent.Message message) {
          meter.delivery(message.value().bytes().size());
        }
      }
    }
  }

  private void openGap(long nextSequence, long page) {
    long last = gap == null ? lastSequence : gap.lastSequence();
    gap = new TopicEvent.Discontinuity(last, nextSequence, page);
  }

  private void closeGap() {
    if (gap != null) {
      queue.add(gap);
      lastSequence = gap.nextSequence() - 1;
      gap = null;
    }
  }
}
