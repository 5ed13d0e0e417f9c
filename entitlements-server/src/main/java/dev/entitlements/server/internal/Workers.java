package dev.entitlements.server.internal;

import dev.entitlements.internal.DaemonThreads;
import dev.entitlements.internal.ExecutorScheduler;
import dev.entitlements.internal.Scheduler;
import dev.entitlements.internal.TimeSource;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one publisher or issuer, all daemons, and its time.
 *
 * <ol>
 *   <li>The executor, ours or the host's, runs every step of every call, the host's source, and
 *       whatever hosts attach to their futures.
 *   <li>The deadline lane, one thread, tells of calls that ran out of time: sources that hold every
 *       thread of the executor cannot hold back that news.
 *   <li>The scheduler's thread only hands over to one of the two.
 * </ol>
 *
 * <p>What is ours is shut down by {@link #close}; a host's executor never is.
 */
public final class Workers implements AutoCloseable {
  private static final int IDLE_SECONDS = 10;

  private final Executor executor;
  private final Executor deadlineLane;
  private final Scheduler scheduler;
  private final TimeSource time;
  private final Runnable onClose;

  private Workers(
      Executor executor,
      Executor deadlineLane,
      Scheduler scheduler,
      TimeSource time,
      Runnable onClose) {
    this.executor = executor;
    this.deadlineLane = deadlineLane;
    this.scheduler = scheduler;
    this.time = time;
    this.onClose = onClose;
  }

  /**
   * On threads of our own, which end when idle.
   *
   * @param hostExecutor runs steps and callbacks in place of a pool of ours, if not null
   * @param poolSize how many threads ours has at most
   */
  public static Workers start(String name, int poolSize, @Nullable Executor hostExecutor) {
    ExecutorScheduler scheduler = new ExecutorScheduler(name + "-timer");
    ThreadPoolExecutor deadlineLane = pool(name + "-deadline", 1);
    if (hostExecutor != null) {
      return new Workers(
          hostExecutor,
          deadlineLane,
          scheduler,
          TimeSource.system(),
          () -> {
            scheduler.close();
            deadlineLane.shutdown();
          });
    }
    ThreadPoolExecutor own = pool(name, poolSize);
    return new Workers(
        own,
        deadlineLane,
        scheduler,
        TimeSource.system(),
        () -> {
          scheduler.close();
          deadlineLane.shutdown();
          own.shutdownNow();
        });
  }

  /**
   * Everything where the scheduler runs its tasks, or the caller is: for time in a test's hands.
   */
  public static <T extends TimeSource & Scheduler> Workers on(T time, Executor executor) {
    return new Workers(executor, Runnable::run, time, time, () -> {});
  }

  private static ThreadPoolExecutor pool(String name, int size) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  public TimeSource time() {
    return time;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /** Runs a step on the executor; a host's may refuse, which is told on the deadline lane. */
  public void execute(Runnable step, Consumer<RejectedExecutionException> refused) {
    try {
      executor.execute(step);
    } catch (RejectedExecutionException e) {
      executeOnDeadlineLane(() -> refused.accept(e));
    }
  }

  void executeOnDeadlineLane(Runnable task) {
    try {
      deadlineLane.execute(task);
    } catch (RejectedExecutionException closed) {
      // close() has ended every call by then; there is nobody left to tell.
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
