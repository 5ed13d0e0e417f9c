package dev.entitlements.client.internal.protocol;

import dev.entitlements.client.WatcherStatus;
import dev.entitlements.client.WatcherStatus.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The status follows from the rest of the state, in this one place. */
final class StatusRules {
  private StatusRules() {}

  static WatcherStatus status(Draft d, WatcherStatus before) {
    State state = state(d, before);
    if (state == State.LIVE) {
      d.failures = 0;
      d.nextRetry = null;
    }
    Doubt doubt = d.doubt;
    WatcherStatus status =
        WatcherStatus.builder(state, state == before.state() ? before.since() : d.moment.wall)
            .reason(doubt == null ? null : doubt.reason, doubt == null ? null : doubt.error)
            .attempts(d.failures, d.nextRetry)
            .lastCurrent(lastCurrent(d, state, before))
            .build();
    return status.equals(before) ? before : status;
  }

  private static State state(Draft d, WatcherStatus before) {
    if (d.phase == WatcherState.Phase.STOPPED) {
      return State.STOPPED;
    }
    if (d.doubt == null && d.streams.isMainActive()) {
      return State.LIVE;
    }
    return before.state() == State.STARTING && d.failures == 0 ? State.STARTING : State.STALE;
  }

  private static @Nullable Instant lastCurrent(Draft d, State state, WatcherStatus before) {
    boolean left = before.state() == State.LIVE && state != State.LIVE;
    return left ? d.moment.wall : before.lastCurrent().orElse(null);
  }
}
