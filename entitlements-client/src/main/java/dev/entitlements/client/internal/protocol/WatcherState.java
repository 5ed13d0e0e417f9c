package dev.entitlements.client.internal.protocol;

import dev.entitlements.client.WatcherStatus;
import dev.entitlements.client.WatcherStatus.Reason;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that the protocol remembers between two events. Immutable. */
public final class WatcherState {
  enum Phase {
    NEW,
    RUNNING,
    STOPPED
  }

  final Settings settings;
  final Phase phase;
  final @Nullable String userId;
  final SessionState session;
  final StreamsState streams;
  final ReadState read;
  final @Nullable VisibleSnapshot snapshot;
  final @Nullable Doubt doubt;
  final int failures;
  final @Nullable Instant nextRetry;

  /** The number of the last attempt of any kind. */
  final long attempts;

  final WatcherStatus status;

  WatcherState(Draft draft, WatcherStatus status) {
    settings = draft.settings;
    phase = draft.phase;
    userId = draft.userId;
    session = draft.session;
    streams = draft.streams;
    read = draft.read;
    snapshot = draft.snapshot;
    doubt = draft.doubt;
    failures = draft.failures;
    nextRetry = draft.nextRetry;
    attempts = draft.attempts;
    this.status = status;
  }

  private WatcherState(Settings settings, @Nullable String userId, Instant now) {
    this.settings = settings;
    this.userId = userId;
    phase = Phase.NEW;
    session = SessionState.none(settings);
    streams = StreamsState.none(settings);
    read = ReadState.none(settings);
    snapshot = null;
    doubt = new Doubt(Reason.CONNECTING, null);
    failures = 0;
    nextRetry = null;
    attempts = 0;
    status =
        WatcherStatus.builder(WatcherStatus.State.STARTING, now)
            .reason(Reason.CONNECTING, null)
            .build();
  }

  /**
   * The state of a watcher that was not started yet.
   *
   * @param userId whose entitlements it is for, or null if the first session decides
   */
  public static WatcherState initial(Settings settings, @Nullable String userId, Instant now) {
    return new WatcherState(settings, userId, now);
  }

  public WatcherStatus status() {
    return status;
  }

  /** What there is to see, or empty before the first snapshot. */
  public Optional<VisibleSnapshot> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  public boolean isStopped() {
    return phase == Phase.STOPPED;
  }
}
