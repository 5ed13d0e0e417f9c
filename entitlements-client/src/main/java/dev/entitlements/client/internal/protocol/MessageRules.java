package dev.entitlements.client.internal.protocol;

import dev.entitlements.EntitlementsException;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.client.WatcherStatus.Reason;
import dev.entitlements.internal.TopicMessage;
import dev.entitlements.momento.CacheReader.Consistency;
import org.jspecify.annotations.Nullable;

/**
 * What comes on a stream. A message brings news or is ignored by its revision; a gap, a reset, or a
 * message that cannot be read casts doubt, which a read of the cache ends.
 */
final class MessageRules {
  private MessageRules() {}

  static void message(Draft d, long attempt, TopicMessage message, long number, long page) {
    Stream stream = heard(d, attempt);
    if (stream == null) {
      return;
    }
    boolean missed = stream.missedBefore(number, page);
    d.streams = d.streams.with(stream.seen(number, page));
    message.snapshot().ifPresent(snapshot -> SnapshotRules.offer(d, snapshot, Cause.PUSH));
    if (message.revision() > d.revision()) {
      d.read = d.read.wanting(message.revision());
      catchUp(d, Consistency.EVENTUAL);
    }
    if (missed) {
      catchUp(d, Consistency.CONSISTENT);
    } else if (d.doubt != null && d.read.reading == 0) {
      // The service answers again, so there is no need to sit out the rest of a back-off.
      ReadRules.need(d, Consistency.CONSISTENT);
    }
  }

  static void badMessage(
      Draft d, long attempt, EntitlementsException error, long number, long page) {
    Stream stream = heard(d, attempt);
    if (stream != null) {
      d.streams = d.streams.with(stream.seen(number, page));
      d.act(Action.report(error));
      d.doubt(Reason.BAD_DATA, error);
      ReadRules.need(d, Consistency.CONSISTENT);
    }
  }

  static void discontinuity(Draft d, long attempt) {
    Stream stream = heard(d, attempt);
    if (stream != null) {
      d.streams = d.streams.with(stream.resynchronized());
      catchUp(d, Consistency.CONSISTENT);
    }
  }

  /** The stream of that attempt, which has given a sign of life; null if it was dropped. */
  private static @Nullable Stream heard(Draft d, long attempt) {
    Stream stream = d.streams.find(attempt);
    if (stream != null) {
      PulseRules.message(d, stream);
    }
    return d.streams.find(attempt);
  }

  private static void catchUp(Draft d, Consistency consistency) {
    if (d.doubt == null) {
      d.doubt(Reason.CATCHING_UP, null);
    }
    ReadRules.need(d, consistency);
  }
}
