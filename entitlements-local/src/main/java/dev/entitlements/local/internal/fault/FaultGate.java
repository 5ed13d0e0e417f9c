package dev.entitlements.local.internal.fault;

import dev.entitlements.local.Rpc;
import dev.entitlements.local.StreamEnd;
import dev.entitlements.local.internal.LimitName;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.Timers;
import io.grpc.Status;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Where every call passes, of every protocol, once its caller is known: here faults strike it. */
public final class FaultGate {
  private final FaultBoard board;
  private final Timers timers;

  public FaultGate(FaultBoard board, Timers timers) {
    this.board = board;
    this.timers = timers;
  }

  /**
   * Carries out the call, unless a fault strikes it.
   *
   * @param executor where it is carried out if that is not now
   * @param body carries it out; may throw a {@link Refusal}
   * @return the answer, or the refusal; already done unless a fault makes it wait. Cancelling it
   *     makes a call that waits never be carried out
   */
  public <T> CompletableFuture<T> pass(Call call, Executor executor, Supplier<T> body) {
    RunningFault fault = board.strike(call);
    if (fault == null) {
      return run(body);
    }
    FaultRule rule = fault.rule();
    return switch (rule.kind()) {
      case HANG -> later(fault.hold(), executor, body);
      case DELAY -> delayed(fault, executor, body);
      case LOSE_ANSWER -> {
        // What a subscription opens would be left open: there is no answer to lose but the stream.
        if (call.rpc() != Rpc.SUBSCRIBE) {
          run(body);
        }
        yield CompletableFuture.failedFuture(refusal(rule, call.rpc()));
      }
      default -> CompletableFuture.failedFuture(refusal(rule, call.rpc()));
    };
  }

  /** Whether the read is to be answered with the value before the last write. */
  public boolean isStale(Call read) {
    return board.strikesRead(read);
  }

  private <T> CompletableFuture<T> delayed(
      RunningFault fault, Executor executor, Supplier<T> body) {
    CompletableFuture<Void> due = fault.hold();
    Timers.Timer timer =
        timers.after(Objects.requireNonNull(fault.rule().delay()), () -> due.complete(null));
    var unused = due.whenComplete((done, failure) -> timer.cancel());
    return later(due, executor, body);
  }

  private static <T> CompletableFuture<T> later(
      CompletableFuture<Void> due, Executor executor, Supplier<T> body) {
    CompletableFuture<T> answer = due.thenApplyAsync(done -> body.get(), executor);
    // Also when the caller went away: then nothing may be left of the call.
    var unused = answer.whenComplete((done, failure) -> due.cancel(false));
    return answer;
  }

  private static <T> CompletableFuture<T> run(Supplier<T> body) {
    try {
      return CompletableFuture.completedFuture(body.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Refusal refusal(FaultRule rule, Rpc rpc) {
    StreamEnd status = Objects.requireNonNull(rule.status());
    String message = "Refused by a fault that was asked for: " + status;
    if (status == StreamEnd.RESOURCE_EXHAUSTED) {
      return Refusal.limit(
          rpc == Rpc.SUBSCRIBE ? LimitName.TOPIC_SUBSCRIPTIONS : LimitName.OPERATIONS_RATE,
          message);
    }
    return Refusal.of(Status.Code.valueOf(status.name()), message);
  }
}
