package dev.entitlements.client.internal.protocol;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.client.WatcherStatus.Reason;
import dev.entitlements.momento.CacheReader.Consistency;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads of the cache: one at a time, and only while a stream is active, since only then nothing
 * that is published after the read can be missed. What asks for a read while one is under way gets
 * another one after it.
 */
final class ReadRules {
  private ReadRules() {}

  static void need(Draft d, Consistency consistency) {
    if (!d.streams.isMainActive() && !d.streams.isNextActive()) {
      return; // the next stream to become active reads anyway
    }
    if (d.read.reading != 0) {
      d.read = d.read.withAgain();
      return;
    }
    SessionToken token = d.session.usable(d.moment);
    if (token == null) {
      SessionRules.refetch(d); // the stream for the new token reads anyway
      return;
    }
    long attempt = d.nextAttempt();
    d.read = d.read.reading(attempt, token, consistency, d.revision());
    d.act(Action.cancelTimer(TimerKind.READ));
    d.act(Action.cancelTimer(TimerKind.RECONCILE));
    d.act(Action.read(attempt, token, consistency));
  }

  static void done(Draft d, long attempt, @Nullable Entitlements item) {
    if (attempt != d.read.reading) {
      return;
    }
    d.read = d.read.idle();
    if (item == null) {
      missed(d);
    } else {
      hit(d, item);
    }
  }

  static void failed(Draft d, long attempt, EntitlementsException error) {
    if (attempt != d.read.reading) {
      return;
    }
    SessionToken used = d.read.session;
    d.read = d.read.idle();
    // While the stream lives, a read that merely did not get through casts no doubt of its own.
    if (d.doubt != null || !error.kind().isTransient()) {
      d.doubt(Doubt.reasonOf(error), error);
    }
    if (Doubt.isLasting(error)) {
      d.act(Action.report(error));
    }
    if (error.kind() == ErrorKind.UNAUTHENTICATED && used != null && used.equals(d.session.token)) {
      SessionRules.refused(d, used, error);
    } else {
      retryLater(d, error);
    }
  }

  /** Items run out: it means nothing for the user, but her login has to store it anew. */
  private static void missed(Draft d) {
    if (d.doubt != null) {
      d.doubt(Reason.ITEM_MISSING, null);
    }
    reconcileLater(d);
    SessionRules.refetch(d);
  }

  private static void hit(Draft d, Entitlements item) {
    if (item.revision() < d.read.held) {
      older(d);
      return;
    }
    SnapshotRules.offer(d, item, Cause.REFRESH);
    d.session = d.session.confirmed(d.settings);
    if (d.revision() < d.read.wanted) {
      behind(d);
    } else if (d.read.again) {
      need(d, Consistency.CONSISTENT);
    } else {
      proven(d);
    }
  }

  /**
   * The cheap read came too early; the consistent one must not, unless the store itself is behind.
   */
  private static void behind(Draft d) {
    if (d.read.again || d.read.consistency == Consistency.EVENTUAL) {
      need(d, Consistency.CONSISTENT);
    } else {
      retryLater(d, null);
    }
  }

  /**
   * A cheap read may be stale, a consistent one is not: the item was lost, and stored again by
   * somebody who counts otherwise. The copy does not go back, and it is not current either. A login
   * may mend it, once; then only a higher revision does.
   */
  private static void older(Draft d) {
    if (d.read.again || d.read.consistency == Consistency.EVENTUAL) {
      need(d, Consistency.CONSISTENT);
      return;
    }
    d.doubt(Reason.OLDER_ITEM, null);
    StreamRules.handOver(d);
    if (d.session.confirmed) {
      SessionRules.refetch(d);
    }
    retrySlowly(d);
  }

  private static void proven(Draft d) {
    d.read = d.read.withBackoff(d.settings.backoff);
    StreamRules.handOver(d);
    if (d.streams.isMainActive()) {
      d.doubt = null;
      reconcileLater(d);
    }
  }

  private static void reconcileLater(Draft d) {
    d.act(
        Action.setTimer(
            TimerKind.RECONCILE,
            d.moment.jittered(d.settings.reconcile, Settings.RECONCILE_JITTER)));
  }

  private static void retrySlowly(Draft d) {
    retryLater(d, d.moment.jittered(Settings.SLOW, 0.5), null);
  }

  private static void retryLater(Draft d, @Nullable EntitlementsException error) {
    retryLater(d, Duration.ZERO, error);
  }

  private static void retryLater(Draft d, Duration least, @Nullable EntitlementsException error) {
    d.retryLater(TimerKind.READ, least.plus(d.read.backoff.delay(d.moment.random)), error);
    d.read = d.read.withBackoff(d.read.backoff.next());
  }
}
