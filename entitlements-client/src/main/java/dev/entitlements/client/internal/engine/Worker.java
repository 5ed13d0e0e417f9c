package dev.entitlements.client.internal.engine;

import dev.entitlements.internal.ExecutorScheduler;
import dev.entitlements.internal.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a runtime, for transitions and timers. It knows itself: who waits on it for
 * what it has to do would wait for ever.
 */
public final class Worker implements Scheduler, Executor, AutoCloseable {
  private final ExecutorScheduler thread = new ExecutorScheduler("entitlements-watcher");

  // Written by the thread, and to be compared with the reader's own only.
  private volatile @Nullable Thread running;

  /** Whether the caller is on it, as a listener is whose executor runs things at once. */
  public boolean isHere() {
    return Thread.currentThread().equals(running);
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(() -> run(task));
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    return thread.schedule(delay, () -> run(task));
  }

  private void run(Runnable task) {
    running = Thread.currentThread();
    task.run();
  }

  @Override
  public void close() {
    thread.close();
  }
}
