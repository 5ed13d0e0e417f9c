package dev.entitlements.server.internal;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.server.PublishReceipt;
import dev.entitlements.server.PublishReceipt.Delivery;
import dev.entitlements.server.PublishReceipt.Outcome;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One publish: read what is stored, get the content, decide, compare-and-set, tell.
 *
 * <ol>
 *   <li>The content is loaded <em>after</em> the read, and stored only over what was read. So if
 *       anybody stored in between, this attempt loses; if nobody did, the content is newer than
 *       whatever led to what is stored (P7).
 *   <li>A lost race, or a store whose outcome is unknown, starts over with a consistent read. A
 *       store that did take effect is then found as what is stored, and only the telling is left.
 *   <li>Once stored, only the telling is repeated (P6).
 * </ol>
 */
public final class PublishCall extends Call<PublishReceipt> {
  private static final Logger log = LoggerFactory.getLogger(PublishCall.class);

  public static final long MAX_REVISION = StoreRules.MAX_REVISION;

  // Fixed.
  private final Publishing publishing;
  private final String key;
  private final ContentLoader loader;
  private final OptionalLong ownRevision;

  // Of the steps; the deadline only asks whether it is set.
  private Consistency consistency = Consistency.EVENTUAL;
  private volatile @Nullable Document stored;

  public PublishCall(
      Publishing publishing, String userId, ContentLoader loader, OptionalLong ownRevision) {
    super(
        "publish for user '" + userId + "'",
        userId,
        publishing.callDeadline(),
        publishing.workers());
    this.publishing = publishing;
    this.key = publishing.keyPrefix() + userId;
    this.loader = loader;
    this.ownRevision = ownRevision;
  }

  @Override
  void attempt() {
    loader.requirePublishable(key);
    situation("while reading what is stored");
    await(() -> publishing.reader().get(key, consistency), this::load, this::attempt);
  }

  @Override
  ErrorKind endingKind(ErrorKind kind) {
    return stored != null && kind.isTransient() ? ErrorKind.NOT_NOTIFIED : kind;
  }

  private void load(Optional<byte[]> item) {
    StoredItem found = StoredItem.read(userId(), item);
    situation("while waiting for the entitlement source");
    awaitOnce(loader::load, content -> decide(found, content));
  }

  private void decide(StoredItem found, Entitlements.Content content) {
    situation("while deciding what to store");
    Decision decision =
        StoreRules.decide(
            key,
            found,
            content,
            ownRevision,
            revision -> publishing.untold().contains(userId(), revision),
            workers().time().now());
    switch (decision.action()) {
      case STORE -> store(found, decision.document());
      case RENEW -> renew(decision.document());
      case NOTIFY -> onceCertain(() -> tell(decision.document()));
      case LEAVE ->
          onceCertain(() -> finish(decision.document(), Outcome.SUPERSEDED, Delivery.NONE));
    }
  }

  /** No compare-and-set will find out here whether the read was a stale one. */
  private void onceCertain(Runnable step) {
    if (consistency == Consistency.CONSISTENT) {
      step.run();
    } else {
      attemptConsistently();
    }
  }

  private void store(StoredItem found, Document document) {
    long revision = document.snapshot().revision();
    found
        .unreadable()
        .ifPresent(
            e ->
                log.warn(
                    "user '{}': what is stored is unreadable and is replaced by revision {}: {}",
                    userId(),
                    revision,
                    e.getMessage()));
    situation("while storing revision " + revision + ", which may or may not be stored now");
    publishing.untold().storing(userId(), revision);
    await(
        () ->
            publishing.writer().replace(key, found.bytes(), document.bytes(), publishing.itemTtl()),
        isStored -> {
          if (isStored) {
            tell(document);
          } else {
            publishing.untold().notStored(userId(), revision);
            lostRace();
          }
        },
        this::attemptConsistently);
  }

  private void renew(Document document) {
    situation("while renewing revision " + document.snapshot().revision());
    byte[] bytes = document.bytes();
    await(
        () -> publishing.writer().replace(key, bytes, bytes, publishing.itemTtl()),
        isStored -> {
          if (isStored) {
            finish(document, Outcome.UNCHANGED, Delivery.NONE);
          } else {
            lostRace();
          }
        },
        this::attemptConsistently);
  }

  private void tell(Document document) {
    long revision = document.snapshot().revision();
    stored = document;
    situation("though revision " + revision + " is stored: its notification was not accepted");
    await(
        () -> publishing.topics().publish(key, document.message()),
        accepted -> {
          publishing.untold().told(userId(), revision);
          finish(
              document,
              Outcome.PUBLISHED,
              document.fitsIntoMessage() ? Delivery.INLINE : Delivery.NOTICE);
        },
        () -> tell(document));
  }

  private void lostRace() {
    consistency = Consistency.CONSISTENT;
    repeatAfter(
        new EntitlementsException(ErrorKind.CONFLICT, "another publisher stored first"),
        this::attempt);
  }

  private void attemptConsistently() {
    consistency = Consistency.CONSISTENT;
    attempt();
  }

  private void finish(Document document, Outcome outcome, Delivery delivery) {
    PublishReceipt receipt =
        new PublishReceipt(
            document.snapshot(), outcome, delivery, document.bytes().length, attempts(), elapsed());
    log.debug("{}", receipt);
    succeed(receipt);
  }
}
