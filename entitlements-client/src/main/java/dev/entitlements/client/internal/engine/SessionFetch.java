package dev.entitlements.client.internal.engine;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.client.SessionSource;
import dev.entitlements.client.internal.protocol.Event;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of the host's session source, on a thread where it may block, turned into one event of
 * its number.
 */
final class SessionFetch {
  private final long attempt;
  private final SessionSource source;
  private final Consumer<Event> events;
  private final FutureTask<?> call = new FutureTask<>(this::ask, null);

  SessionFetch(long attempt, SessionSource source, Consumer<Event> events) {
    this.attempt = attempt;
    this.source = source;
    this.events = events;
  }

  void startOn(Executor executor) {
    try {
      executor.execute(call);
    } catch (RejectedExecutionException e) {
      failed(e);
    }
  }

  /** Nobody waits for it any more: what has not begun never will, what blocks is interrupted. */
  void cancel() {
    call.cancel(true);
  }

  private void ask() {
    events.accept(Event.sessionAsked(attempt));
    try {
      CompletionStage<SessionToken> stage = source.fetch();
      if (stage == null) {
        throw new NullPointerException("SessionSource.fetch returned null");
      }
      stage.whenComplete(this::done);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(e);
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void done(@Nullable SessionToken session, @Nullable Throwable error) {
    if (error != null) {
      failed(error);
    } else if (session == null) {
      failed(new NullPointerException("the stage of SessionSource.fetch completed with null"));
    } else {
      events.accept(Event.sessionFetched(attempt, session));
    }
  }

  private void failed(Throwable error) {
    EntitlementsException signedOut = Failures.find(ErrorKind.SIGNED_OUT, error);
    events.accept(
        Event.sessionFailed(
            attempt,
            signedOut != null
                ? signedOut
                : Failures.toException(
                    error, ErrorKind.SOURCE_FAILED, "the session source failed")));
  }
}
