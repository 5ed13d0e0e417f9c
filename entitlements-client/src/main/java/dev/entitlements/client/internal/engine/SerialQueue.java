package dev.entitlements.client.internal.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in order, on an executor that may have many threads: what is touched
 * only by tasks of one queue needs no lock. Tasks may be added from anywhere, from a task too.
 */
final class SerialQueue implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

  /** After so many tasks the thread is given back, so that queues that share it take turns. */
  private static final int BATCH = 64;

  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  SerialQueue(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    schedule();
  }

  /** Tries again if the executor refused before: it may have room now. */
  void wake() {
    if (!tasks.isEmpty()) {
      schedule();
    }
  }

  private void schedule() {
    if (!scheduled.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(this::drain);
    } catch (RuntimeException | Error e) {
      // A full pool, or a UI toolkit that is not up: the next task, or wake, tries again.
      scheduled.set(false);
      LOG.warn("An executor took no task: {}", e.toString());
    }
  }

  private void drain() {
    for (int i = 0; i < BATCH; i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        break;
      }
      run(task);
    }
    scheduled.set(false);
    wake();
  }

  /** Whatever it throws: Kotlin, for one, throws checked exceptions without declaring them. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.error("A task failed; the next ones go on", e);
    }
  }
}
