package dev.entitlements.server.internal;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.Backoff;
import dev.entitlements.internal.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of the host's, through all its attempts until its deadline.
 *
 * <p>It goes step by step, each begun where the one before ended, so the fields of the steps need
 * no guard. Steps run on the executor, where the host's part in them or their length demands it,
 * and else where the answer to the one before came. How it ends:
 *
 * <ol>
 *   <li>A terminal error ends it at once.
 *   <li>A transient one is repeated after a jittered back-off, from a second up where the service
 *       asked to be left alone; once no time is left for that, the call ends with that error.
 *   <li>At the deadline it ends whatever it is doing. What is still under way comes back to a call
 *       that is over, and is ignored.
 * </ol>
 */
public abstract class Call<T> implements OpenCall {
  private static final Backoff BACKOFF =
      Backoff.upTo(Duration.ofMillis(100), Duration.ofSeconds(2));
  private static final Backoff BACKOFF_WHEN_LIMITED =
      Backoff.between(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(8));

  // Fixed.
  private final String name;
  private final String userId;
  private final Duration limit;
  private final Workers workers;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  // Of the steps.
  private Backoff backoff = BACKOFF;
  private Backoff backoffWhenLimited = BACKOFF_WHEN_LIMITED;

  // Written by the steps, read by the deadline and by close().
  private volatile Progress progress = Progress.START;
  private volatile Scheduler.@Nullable Timer retry;
  private volatile long startedAt;

  Call(String name, String userId, Duration limit, Workers workers) {
    this.name = name;
    this.userId = userId;
    this.limit = limit;
    this.workers = workers;
  }

  /** The first step of an attempt. */
  abstract void attempt();

  /** The kind with which to end when an error of this kind cannot be repeated any more. */
  ErrorKind endingKind(ErrorKind kind) {
    return kind;
  }

  /** The service asked to be left alone for a while. */
  void onRateLimited() {}

  /** Completes once, on the executor or the deadline lane; for hosts, mirror it. */
  @Override
  public final CompletableFuture<T> result() {
    return result;
  }

  public final String userId() {
    return userId;
  }

  /** Starts the first attempt, on the executor, and the time that the call has. */
  public final void begin() {
    startTime();
    hop(this::attempt);
  }

  /** The same on the calling thread: for an attempt that begins with nothing of the host's. */
  public final void beginHere() {
    startTime();
    run(this::attempt);
  }

  private void startTime() {
    startedAt = workers.time().nanoTime();
    Scheduler.Timer deadline =
        workers.scheduler().schedule(limit, () -> workers.executeOnDeadlineLane(this::onDeadline));
    result.whenComplete(
        (value, error) -> {
          deadline.cancel();
          cancel(retry);
        });
  }

  /** Goes on: its owner waits for it, for a while. */
  @Override
  public final void stop() {}

  @Override
  public final void abandon() {
    fail(new EntitlementsException(ErrorKind.CLOSED, "closed while the call was running"));
  }

  final Workers workers() {
    return workers;
  }

  final int attempts() {
    return progress.attempts();
  }

  final Duration elapsed() {
    return Duration.ofNanos(workers.time().nanoTime() - startedAt);
  }

  final Duration remaining() {
    return limit.minus(elapsed());
  }

  final void situation(String situation) {
    progress = progress.now(situation);
  }

  final void succeed(T value) {
    result.complete(value);
  }

  /** Goes on with the answer; a transient error goes back to {@code repeat} after a while. */
  final <V> void await(Supplier<CompletableFuture<V>> call, Consumer<V> next, Runnable repeat) {
    onAnswer(start(call), this::hop, next, error -> repeatAfter(error, repeat));
  }

  /**
   * The same where the answer comes, which may be an I/O thread: for a next step that is short and
   * not the call's last. It spares players the time that another thread takes to wake up.
   */
  final <V> void awaitHere(Supplier<CompletableFuture<V>> call, Consumer<V> next, Runnable repeat) {
    onAnswer(start(call), this::run, next, error -> repeatAfter(error, repeat));
  }

  /** Goes on with the answer, here if it is there already; any error ends the call. */
  final <V> void awaitOnce(Supplier<CompletableFuture<V>> call, Consumer<V> next) {
    CompletableFuture<V> answer = start(call);
    onAnswer(answer, answer.isDone() ? this::run : this::hop, next, this::fail);
  }

  final void repeatAfter(EntitlementsException error, Runnable repeat) {
    if (error.kind() == ErrorKind.RATE_LIMITED) {
      onRateLimited();
    }
    if (!error.kind().isTransient()) {
      fail(error);
      return;
    }
    Duration delay = nextDelay(error.kind());
    if (delay.compareTo(remaining()) >= 0) {
      fail(error);
      return;
    }
    progress = progress.failed(error);
    after(delay, repeat);
  }

  /** Goes on later. One such timer at most is pending, and none after the end. */
  final void after(Duration delay, Runnable step) {
    retry = workers.scheduler().schedule(delay, () -> hop(step));
    if (result.isDone()) {
      cancel(retry);
    }
  }

  final void fail(EntitlementsException error) {
    Progress now = progress;
    ErrorKind kind = endingKind(error.kind());
    result.completeExceptionally(
        new EntitlementsException(
            kind,
            name
                + " failed "
                + now.situation()
                + ", on attempt "
                + now.attempts()
                + (now.equals(Progress.START) ? "" : " after " + elapsed().toMillis() + " ms")
                + ": "
                + error.getMessage(),
            error,
            userId));
  }

  private void onDeadline() {
    EntitlementsException last = progress.lastError();
    fail(
        new EntitlementsException(
            last == null ? ErrorKind.TIMEOUT : last.kind(),
            "the deadline of "
                + limit.toMillis()
                + " ms passed"
                + (last == null ? "" : "; the attempt before failed: " + last.getMessage()),
            last));
  }

  private Duration nextDelay(ErrorKind kind) {
    double random = workers.time().random();
    if (kind == ErrorKind.RATE_LIMITED) {
      Duration delay = backoffWhenLimited.delay(random);
      backoffWhenLimited = backoffWhenLimited.next();
      return delay;
    }
    Duration delay = backoff.delay(random);
    backoff = backoff.next();
    return delay;
  }

  private static <V> CompletableFuture<V> start(Supplier<CompletableFuture<V>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <V> void onAnswer(
      CompletableFuture<V> answer,
      Consumer<Runnable> onwards,
      Consumer<V> next,
      Consumer<EntitlementsException> failed) {
    answer.whenComplete(
        (value, error) -> {
          if (error == null) {
            onwards.accept(() -> next.accept(value));
          } else {
            hop(() -> failed.accept(Errors.of(error)));
          }
        });
  }

  /** Goes on on the executor: an I/O thread must not be held, nor see the host's callbacks. */
  final void hop(Runnable step) {
    workers.execute(
        () -> run(step),
        refused ->
            fail(
                new EntitlementsException(
                    ErrorKind.OVERLOADED, "the executor took no more work", refused)));
  }

  private void run(Runnable step) {
    if (result.isDone()) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      fail(Errors.of(e));
    }
  }

  private static void cancel(Scheduler.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
