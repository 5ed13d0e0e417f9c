package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * Decides what becomes of a content, given what is stored. A pure function.
 *
 * <ol>
 *   <li>Same content that this process failed to tell: tell.
 *   <li>Same content that another process stored a short while ago and nobody has renewed yet: tell
 *       once more, since that process may have died in between. Later on the watchers have found it
 *       by their own reads.
 *   <li>Same content otherwise: renew. But if the caller's own revision is higher, store: else a
 *       late publish with a revision in between would win, though it is older.
 *   <li>Other content, and the caller's own revision is not higher: leave what is stored.
 *   <li>Other content, and no revision after what is stored: give up.
 *   <li>Else store, with the caller's own revision, or with the clock's milliseconds but at least
 *       one more than what is stored.
 * </ol>
 */
final class StoreRules {
  /** The largest whole number that a web player's JSON can carry exactly: 2^53 - 1. */
  static final long MAX_REVISION = (1L << 53) - 1;

  /** Twice the time after which a watcher reads without being told to. */
  private static final Duration UNTIL_WATCHERS_READ = Duration.ofMinutes(10);

  private StoreRules() {}

  static Decision decide(
      String key,
      StoredItem stored,
      Entitlements.Content content,
      OptionalLong ownRevision,
      LongPredicate isUntold,
      boolean isTold,
      Instant now) {
    Optional<Document> document = stored.document();
    if (document.isPresent()) {
      Document present = document.get();
      long revision = present.revision();
      boolean isOlder = ownRevision.isPresent() && ownRevision.getAsLong() > revision;
      if (!isOlder && present.holds(content)) {
        return new Decision(
            isUntold.test(revision)
                ? Decision.Action.NOTIFY
                : isTold || isKnown(present, now) ? Decision.Action.RENEW : Decision.Action.REMIND,
            present);
      }
      if (!isOlder && ownRevision.isPresent()) {
        return new Decision(Decision.Action.LEAVE, present);
      }
    }
    Instant publishedAt = now.truncatedTo(ChronoUnit.MILLIS);
    long last = document.map(Document::revision).orElse(0L);
    if (ownRevision.isEmpty() && last >= MAX_REVISION) {
      return new Decision(Decision.Action.GIVE_UP, document.orElseThrow());
    }
    long revision = ownRevision.orElseGet(() -> Math.max(publishedAt.toEpochMilli(), last + 1));
    return new Decision(
        Decision.Action.STORE, Document.of(key, Entitlements.of(content, revision, publishedAt)));
  }

  /** Somebody has looked after the players since, or they have looked after themselves. */
  private static boolean isKnown(Document present, Instant now) {
    return present.isRenewed()
        || present.snapshot().publishedAt().isBefore(now.minus(UNTIL_WATCHERS_READ));
  }
}
