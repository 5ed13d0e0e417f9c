package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
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
 *   <li>Same content that another process stored and nobody has renewed yet: tell once more, since
 *       that process may have died in between.
 *   <li>Same content otherwise: renew. But if the caller's own revision is higher, store: else a
 *       late publish with a revision in between would win, though it is older.
 *   <li>Other content, and the caller's own revision is not higher: leave what is stored.
 *   <li>Else store, with the caller's own revision, or with the clock's milliseconds but at least
 *       one more than what is stored.
 * </ol>
 */
final class StoreRules {
  /** The largest whole number that a web player's JSON can carry exactly: 2^53 - 1. */
  static final long MAX_REVISION = (1L << 53) - 1;

  private StoreRules() {}

  static Decision decide(
      String key,
      StoredItem stored,
      Entitlements.Content content,
      OptionalLong ownRevision,
      LongPredicate isUntold,
      boolean isOurs,
      Instant now) {
    Optional<Document> document = stored.document();
    if (document.isPresent()) {
      Document present = document.get();
      long revision = present.snapshot().revision();
      boolean isOlder = ownRevision.isPresent() && ownRevision.getAsLong() > revision;
      if (!isOlder && present.snapshot().content().equals(content)) {
        return new Decision(
            isUntold.test(revision)
                ? Decision.Action.NOTIFY
                : isOurs || present.isRenewed() ? Decision.Action.RENEW : Decision.Action.REMIND,
            present);
      }
      if (!isOlder && ownRevision.isPresent()) {
        return new Decision(Decision.Action.LEAVE, present);
      }
    }
    Instant publishedAt = now.truncatedTo(ChronoUnit.MILLIS);
    long revision = ownRevision.orElseGet(() -> nextRevision(document, publishedAt.toEpochMilli()));
    return new Decision(
        Decision.Action.STORE, Document.of(key, Entitlements.of(content, revision, publishedAt)));
  }

  private static long nextRevision(Optional<Document> stored, long clock) {
    long last = stored.map(document -> document.snapshot().revision()).orElse(0L);
    if (last >= MAX_REVISION) {
      throw new EntitlementsException(
          ErrorKind.INVALID_REQUEST,
          "what is stored has revision " + last + ", after which there is none");
    }
    return Math.max(clock, last + 1);
  }
}
