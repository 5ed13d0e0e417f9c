package dev.entitlements.server.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks one at a time, in order, on the executor, or on whichever thread {@linkplain #drain
 * drains}. What a task enqueues runs after it, not inside it.
 */
final class SerialQueue {
  private final Workers workers;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isRunning = new AtomicBoolean();

  SerialQueue(Workers workers) {
    this.workers = workers;
  }

  void execute(Runnable task) {
    tasks.add(task);
    // An executor that takes no more work must not stop what is under way.
    workers.execute(this::drain, refused -> drain());
  }

  /** For when the executor may be of no use any more. */
  void executeOnDeadlineLane(Runnable task) {
    tasks.add(task);
    workers.executeOnDeadlineLane(this::drain);
  }

  private void drain() {
    while (!tasks.isEmpty() && isRunning.compareAndSet(false, true)) {
      try {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
      } finally {
        isRunning.set(false);
      }
    }
  }
}
