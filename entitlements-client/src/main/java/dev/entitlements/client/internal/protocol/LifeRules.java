package dev.entitlements.client.internal.protocol;

import dev.entitlements.EntitlementsException;
import dev.entitlements.client.WatcherStatus.Reason;
import dev.entitlements.momento.CacheReader.Consistency;
import org.jspecify.annotations.Nullable;

/** Start, stop, and what each timer is for. */
final class LifeRules {
  private LifeRules() {}

  static void start(Draft d) {
    if (d.phase == WatcherState.Phase.NEW) {
      d.phase = WatcherState.Phase.RUNNING;
      SessionRules.fetch(d);
    }
  }

  static void stop(Draft d, Reason reason, @Nullable EntitlementsException error) {
    d.phase = WatcherState.Phase.STOPPED;
    d.doubt(reason, error);
    d.nextRetry = null;
    if (d.session.fetching != 0) {
      d.act(Action.cancelFetch(d.session.fetching));
    }
    StreamRules.dropAll(d);
    if (d.read.reading != 0) {
      d.act(Action.cancelRead(d.read.reading));
      d.read = d.read.idle();
    }
    for (TimerKind timer : TimerKind.values()) {
      d.act(Action.cancelTimer(timer));
    }
  }

  static void timer(Draft d, TimerKind kind) {
    switch (kind) {
      case SESSION:
        SessionRules.due(d);
        break;
      case STREAM:
        StreamRules.reopen(d);
        break;
      case FIRST_HEARTBEAT:
        StreamRules.firstHeartbeatIsLate(d, d.streams.main);
        break;
      case HANDOVER:
        StreamRules.firstHeartbeatIsLate(d, d.streams.next);
        break;
      case SILENCE:
        PulseRules.silent(d);
        break;
      case READ:
        ReadRules.need(d, Consistency.CONSISTENT);
        break;
      case RECONCILE:
        ReadRules.need(d, Consistency.EVENTUAL);
        break;
      case EXPIRY:
        SnapshotRules.expire(d);
        break;
    }
  }
}
