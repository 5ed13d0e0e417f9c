package dev.entitlements.client.internal.engine;

import dev.entitlements.client.internal.protocol.TimerKind;
import dev.entitlements.internal.Scheduler;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * At most one timer of each kind. A timer that was replaced or cancelled never fires. Used only on
 * the queue.
 */
final class Timers {
  private final Scheduler scheduler;
  private final Executor queue;
  private final Consumer<TimerKind> fired;
  private final Map<TimerKind, Entry> entries = new EnumMap<>(TimerKind.class);

  Timers(Scheduler scheduler, Executor queue, Consumer<TimerKind> fired) {
    this.scheduler = scheduler;
    this.queue = queue;
    this.fired = fired;
  }

  void set(TimerKind kind, Duration delay) {
    cancel(kind);
    Entry entry = new Entry();
    entries.put(kind, entry);
    entry.timer = scheduler.schedule(delay, () -> queue.execute(() -> fire(kind, entry)));
  }

  void cancel(TimerKind kind) {
    Entry entry = entries.remove(kind);
    if (entry != null) {
      entry.timer.cancel();
    }
  }

  /** It may have been replaced between the scheduler and the queue. */
  private void fire(TimerKind kind, Entry entry) {
    if (entries.remove(kind, entry)) {
      fired.accept(kind);
    }
  }

  private static final class Entry {
    Scheduler.Timer timer = () -> {};
  }
}
