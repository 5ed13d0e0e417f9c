package dev.entitlements.server.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which revisions this process has stored, or may have stored, without telling the players.
 *
 * <p>P6 hangs on it: after a call that stored but could not tell, or that does not know whether it
 * stored, the same content published again is not "unchanged", it is still to be told. Kept per
 * user as a range: to tell once too often does no harm, since players go by the revision.
 */
public final class Untold {
  /** Only users whose last publish failed stay in here, so this is a bound for a bad day. */
  private static final int MAX_USERS = 100_000;

  private final Map<String, Range> ranges =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Range> eldest) {
              return size() > MAX_USERS;
            }
          });

  /** About to store. */
  void storing(String userId, long revision) {
    ranges.merge(userId, new Range(revision, revision), Range::span);
  }

  /** It is certain that this revision was not stored. */
  void notStored(String userId, long revision) {
    ranges.remove(userId, new Range(revision, revision));
  }

  /** Players were told of this revision, which makes every earlier one old news. */
  void told(String userId, long revision) {
    ranges.computeIfPresent(
        userId,
        (id, range) ->
            revision >= range.last
                ? null
                : new Range(Math.max(range.first, revision + 1), range.last));
  }

  boolean contains(String userId, long revision) {
    Range range = ranges.get(userId);
    return range != null && range.first <= revision && revision <= range.last;
  }

  int size() {
    return ranges.size();
  }

  private record Range(long first, long last) {
    Range span(Range other) {
      return new Range(Math.min(first, other.first), Math.max(last, other.last));
    }
  }
}
