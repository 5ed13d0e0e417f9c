package dev.entitlements.local.internal;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one timer thread of a server. Tasks are short; one that throws does not stop the others. */
public final class Timers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Timers.class);

  private final ScheduledThreadPoolExecutor executor;

  /** A task that is yet to run. */
  public static final class Timer {
    private final Future<?> future;

    private Timer(Future<?> future) {
      this.future = future;
    }

    /** Lets a run that has begun come to its end. Idempotent. */
    public void cancel() {
      future.cancel(false);
    }
  }

  public Timers() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "local-momento-timer");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  /** Runs the task again and again, first after one interval. */
  public Timer every(Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    return new Timer(
        executor.scheduleAtFixedRate(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS));
  }

  /** Runs the task once. */
  public Timer after(Duration delay, Runnable task) {
    return new Timer(executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Stops the thread and waits for it, at most a second. */
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
        log.warn("The timer thread of LocalMomento is still busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        log.warn("A timer task of LocalMomento failed", e);
      }
    };
  }
}
