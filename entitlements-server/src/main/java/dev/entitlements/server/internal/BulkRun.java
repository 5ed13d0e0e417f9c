package dev.entitlements.server.internal;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.Scheduler;
import dev.entitlements.server.BulkFailure;
import dev.entitlements.server.BulkListener;
import dev.entitlements.server.BulkOptions;
import dev.entitlements.server.BulkProgress;
import dev.entitlements.server.BulkReport;
import dev.entitlements.server.PublishReceipt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes the users of a stream, so many at a time. The next id is pulled only when there is room
 * for it, so what is in memory does not depend on how many there are.
 *
 * <ol>
 *   <li>A user who cannot be refreshed is told to the listener, and the run goes on.
 *   <li>Where the service, or the executor, takes no more, the run slows down, and the users
 *       concerned are tried again.
 *   <li>It ends before the stream does when the stream throws, the host cancels, or the publisher
 *       closes. What is under way then ends by itself first.
 * </ol>
 */
public final class BulkRun implements OpenCall {
  private static final Logger log = LoggerFactory.getLogger(BulkRun.class);

  // Fixed.
  private final Function<String, CompletableFuture<PublishReceipt>> refresh;
  private final Stream<String> stream;
  private final BulkOptions options;
  private final BulkListener listener;
  private final Workers workers;
  private final SerialQueue queue;
  private final CompletableFuture<BulkReport> result = new CompletableFuture<>();
  private final BulkThrottle throttle;
  private final long startedAt;

  // Of the queue.
  private final Queue<Task> again = new ArrayDeque<>();
  private BulkTally tally = new BulkTally(OptionalLong.empty());
  private @Nullable Spliterator<String> ids;
  private Scheduler.@Nullable Timer progressTimer;
  private Scheduler.@Nullable Timer wake;
  private boolean isExhausted;
  private @Nullable Task next;
  private boolean hasTurn;
  private boolean isEnded;
  private int running;
  private @Nullable EntitlementsException stoppedBy;

  public BulkRun(
      Function<String, CompletableFuture<PublishReceipt>> refresh,
      Stream<String> stream,
      BulkOptions options,
      BulkListener listener,
      Publishing publishing) {
    this.refresh = refresh;
    this.stream = stream;
    this.options = options;
    this.listener = listener;
    this.workers = publishing.workers();
    this.queue = new SerialQueue(workers);
    this.throttle =
        new BulkThrottle(
            options.concurrency(), options.usersPerSecond(), publishing.quota(), workers.time());
    this.startedAt = workers.time().nanoTime();
  }

  public void begin() {
    queue.execute(
        () -> {
          if (!isEnded) {
            guarded(this::open);
            scheduleProgress();
            pump();
          }
        });
  }

  /** For the host: to cancel it stops the run. */
  public CompletableFuture<BulkReport> future() {
    CompletableFuture<BulkReport> future = Futures.mirror(result);
    future.whenComplete(
        (report, error) -> {
          if (future.isCancelled()) {
            stop("the run was cancelled");
          }
        });
    return future;
  }

  @Override
  public CompletableFuture<BulkReport> result() {
    return result;
  }

  @Override
  public void stop() {
    stop("the publisher was closed during the run");
  }

  @Override
  public void abandon() {
    result.completeExceptionally(closed("the publisher was closed during the run"));
    queue.executeOnDeadlineLane(this::end);
  }

  private void stop(String why) {
    queue.execute(
        () -> {
          stopBecause(closed(why));
          pump();
        });
  }

  private static EntitlementsException closed(String why) {
    return new EntitlementsException(ErrorKind.CLOSED, why);
  }

  private void open() {
    ids = stream.spliterator();
    long size = ids.getExactSizeIfKnown();
    tally =
        new BulkTally(
            options.total().isPresent() || size < 0 ? options.total() : OptionalLong.of(size));
  }

  /** Begins with as many users as there is room for. */
  private void pump() {
    while (wake == null && stoppedBy == null && running < throttle.concurrency() && hasMore()) {
      if (next == null) {
        next = again.isEmpty() ? pull() : again.remove();
      } else {
        Duration wait = hasTurn ? Duration.ZERO : throttle.takeTurn();
        hasTurn = true;
        if (wait.isZero()) {
          startNext(next);
        } else {
          wakeAfter(wait);
        }
      }
    }
    if (running == 0 && wake == null && (stoppedBy != null || !hasMore())) {
      end();
    }
  }

  private boolean hasMore() {
    return next != null || !again.isEmpty() || !isExhausted;
  }

  private void wakeAfter(Duration wait) {
    wake =
        workers
            .scheduler()
            .schedule(
                wait,
                () ->
                    queue.execute(
                        () -> {
                          wake = null;
                          pump();
                        }));
  }

  private @Nullable Task pull() {
    Task[] pulled = new Task[1];
    Consumer<String> take = id -> pulled[0] = new Task(tally.begin(), id);
    guarded(() -> isExhausted = ids == null || !ids.tryAdvance(take));
    return pulled[0];
  }

  /** Runs what the host's stream does. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      stopBecause(
          new EntitlementsException(
              ErrorKind.SOURCE_FAILED, "the stream of user ids failed: " + e, e));
    }
  }

  private void startNext(Task task) {
    next = null;
    hasTurn = false;
    running++;
    CompletableFuture<PublishReceipt> refreshed;
    try {
      refreshed = refresh.apply(task.userId);
    } catch (RuntimeException e) {
      refreshed =
          CompletableFuture.failedFuture(
              new EntitlementsException(
                  ErrorKind.INVALID_REQUEST, "not a user id: " + e.getMessage(), e));
    }
    refreshed.whenComplete((receipt, error) -> queue.execute(() -> settle(task, receipt, error)));
  }

  private void settle(Task task, @Nullable PublishReceipt receipt, @Nullable Throwable error) {
    running--;
    if (receipt != null) {
      throttle.succeeded();
      tally.succeeded(task.index, receipt.outcome());
    } else if (error != null) {
      fail(task, Errors.of(error));
    }
    pump();
  }

  private void fail(Task task, EntitlementsException error) {
    switch (error.kind()) {
      case RATE_LIMITED, OVERLOADED -> {
        throttle.slowDown();
        again.add(task);
      }
      case CLOSED -> stopBecause(error);
      default -> {
        BulkFailure failure = new BulkFailure(task.index, task.userId, error);
        tally.failed(failure);
        tell(to -> to.onFailure(failure));
      }
    }
  }

  private void stopBecause(EntitlementsException why) {
    if (stoppedBy == null) {
      stoppedBy = why;
    }
    if (wake != null) {
      wake.cancel();
      wake = null;
    }
  }

  private void scheduleProgress() {
    progressTimer =
        workers
            .scheduler()
            .schedule(options.progressInterval(), () -> queue.execute(this::tellProgress));
  }

  private void tellProgress() {
    if (!isEnded) {
      BulkProgress progress = progress();
      tell(to -> to.onProgress(progress));
      scheduleProgress();
    }
  }

  private BulkProgress progress() {
    return tally.progress(Duration.ofNanos(workers.time().nanoTime() - startedAt));
  }

  private void end() {
    if (isEnded) {
      return;
    }
    isEnded = true;
    if (progressTimer != null) {
      progressTimer.cancel();
    }
    guarded(stream::close);
    BulkReport report =
        new BulkReport(progress(), tally.failures(), Optional.ofNullable(stoppedBy));
    log.debug("bulk refresh ended: {}", report.progress());
    tell(to -> to.onEnd(report));
    if (stoppedBy == null) {
      result.complete(report);
    } else {
      result.completeExceptionally(stoppedBy(report));
    }
  }

  private static EntitlementsException stoppedBy(BulkReport report) {
    EntitlementsException why = report.stoppedBy().orElseThrow();
    return new EntitlementsException(
        why.kind(),
        "bulk refresh stopped: "
            + why.getMessage()
            + "; the first "
            + report.progress().resumeAt()
            + " ids are done",
        why);
  }

  private void tell(Consumer<BulkListener> news) {
    try {
      news.accept(listener);
    } catch (RuntimeException | Error e) {
      log.warn("a bulk listener threw", e);
    }
  }

  private record Task(long index, String userId) {}
}
