package dev.entitlements.client.internal.protocol;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.client.WatcherStatus.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next state in the making, and the actions on the way to it. Lives for one event only. */
final class Draft {
  final Settings settings;
  final Moment moment;
  WatcherState.Phase phase;
  @Nullable String userId;
  SessionState session;
  StreamsState streams;
  ReadState read;
  @Nullable VisibleSnapshot snapshot;
  @Nullable Doubt doubt;
  int failures;
  @Nullable Instant nextRetry;
  long attempts;

  private final List<Action> actions = new ArrayList<>();

  Draft(WatcherState state, Moment moment) {
    this.moment = moment;
    settings = state.settings;
    phase = state.phase;
    userId = state.userId;
    session = state.session;
    streams = state.streams;
    read = state.read;
    snapshot = state.snapshot;
    doubt = state.doubt;
    failures = state.failures;
    nextRetry = state.nextRetry;
    attempts = state.attempts;
  }

  List<Action> actions() {
    return actions;
  }

  void act(Action action) {
    actions.add(action);
  }

  /** The revision held, or 0. */
  long revision() {
    return snapshot == null ? 0 : snapshot.latest().revision();
  }

  /** A number for an attempt that begins now. */
  long nextAttempt() {
    nextRetry = null;
    return ++attempts;
  }

  void doubt(Reason reason, @Nullable EntitlementsException error) {
    doubt = new Doubt(reason, error);
  }

  /** Waits before the next attempt; the caller moves its back-off on. */
  void retryLater(TimerKind timer, Duration wait, @Nullable EntitlementsException error) {
    Duration delay = floor(error).plus(wait);
    failures++;
    nextRetry = moment.wall.plus(delay);
    act(Action.setTimer(timer, delay));
  }

  private Duration floor(@Nullable EntitlementsException error) {
    if (error == null) {
      return Duration.ZERO;
    }
    if (error.kind() == ErrorKind.RATE_LIMITED) {
      return moment.jittered(Settings.RATE_LIMITED, 0.5).plus(Settings.RATE_LIMITED.dividedBy(2));
    }
    return Doubt.isLasting(error) ? moment.jittered(Settings.SLOW, 0.5) : Duration.ZERO;
  }
}
