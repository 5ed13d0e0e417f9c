package dev.entitlements.server.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges refreshes of one user that overlap: at most one runs and one waits. Whoever comes while
 * one runs shares the waiting one, because the running one may have asked the source before her
 * change.
 */
public final class RefreshMerger {
  private final ConcurrentMap<String, Turns> turns = new ConcurrentHashMap<>();

  /**
   * Takes a call's turn, or lets it be.
   *
   * @param fresh a new call, not yet begun
   * @return the call whose result answers: the fresh one, or one that waits already
   */
  public PublishCall merge(PublishCall fresh) {
    Turns now =
        turns.compute(
            fresh.userId(),
            (id, before) -> before == null ? new Turns(fresh, null) : before.withWaiting(fresh));
    if (now.running == fresh) {
      begin(fresh);
    }
    return now.waiting == null ? now.running : now.waiting;
  }

  int users() {
    return turns.size();
  }

  private void begin(PublishCall call) {
    call.result().whenComplete((receipt, error) -> next(call));
    call.begin();
  }

  private void next(PublishCall ended) {
    Turns now = turns.computeIfPresent(ended.userId(), (id, before) -> before.next());
    if (now != null) {
      begin(now.running);
    }
  }

  private record Turns(PublishCall running, @Nullable PublishCall waiting) {
    Turns withWaiting(PublishCall fresh) {
      return waiting == null ? new Turns(running, fresh) : this;
    }

    @Nullable Turns next() {
      return waiting == null ? null : new Turns(waiting, null);
    }
  }
}
