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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One publish: find out what is stored, get the content, decide, compare-and-set, tell.
 *
 * <ol>
 *   <li>What is stored is remembered from this process's last publish for the user, or read. The
 *       content is loaded <em>after</em> that, and stored only over exactly that. So if anybody
 *       stored in between, be it long ago, this attempt loses; if nobody did, the content is newer
 *       than whatever led to what is stored (P7). The bytes of an item never come back, so to find
 *       them means that nobody did.
 *   <li>Content that is stored already is written once more, in other bytes: whoever loaded before
 *       this call did, and is about to store over what was there, loses too. Otherwise a state that
 *       changed and changed back could end as the one in between. A writer that is not atomic is
 *       spared that, since it might overwrite what another process stores meanwhile.
 *   <li>A lost race, or a write whose outcome is unknown, forgets what is remembered and starts
 *       over with a consistent read. A store that did take effect is then found as what is stored,
 *       and only the telling is left.
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
  private boolean isRemembered;
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
    Optional<RememberedItem> remembered =
        consistency == Consistency.EVENTUAL
            ? publishing.remembered().find(userId())
            : Optional.empty();
    isRemembered = remembered.isPresent();
    if (isRemembered) {
      load(StoredItem.remembered(remembered.get()));
    } else {
      loader.requirePublishable(key);
      situation("while reading what is stored");
      await(
          () -> publishing.reader().get(key, consistency),
          item -> load(StoredItem.read(userId(), key, item)),
          this::attempt);
    }
  }

  @Override
  ErrorKind endingKind(ErrorKind kind) {
    return stored != null && kind.isTransient() ? ErrorKind.NOT_NOTIFIED : kind;
  }

  @Override
  void onRateLimited() {
    publishing.quota().exceeded();
  }

  private void load(StoredItem found) {
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
            ownRevision.isPresent() ? ownRevision : content.revision(),
            revision -> publishing.untold().contains(userId(), revision),
            isRemembered || !publishing.writer().isAtomic(),
            workers().time().now());
    switch (decision.action()) {
      case STORE -> store(found, decision.document());
      case RENEW -> renew(decision.document(), Outcome.UNCHANGED, Delivery.NONE);
      case NOTIFY ->
          tell(
              decision.document(),
              delivery -> renew(decision.document(), Outcome.PUBLISHED, delivery));
      case REMIND ->
          tell(
              decision.document(),
              delivery -> renew(decision.document(), Outcome.UNCHANGED, delivery));
      case LEAVE ->
          onceCertain(() -> finish(decision.document(), Outcome.SUPERSEDED, Delivery.NONE));
      case GIVE_UP ->
          onceCertain(
              () ->
                  fail(
                      new EntitlementsException(
                          ErrorKind.INVALID_REQUEST,
                          "what is stored has revision "
                              + MAX_REVISION
                              + ", after which there is none: "
                              + StoredItem.howToDelete(key))));
    }
  }

  /** No compare-and-set will find out here whether what was read or remembered is outdated. */
  private void onceCertain(Runnable step) {
    if (consistency == Consistency.CONSISTENT) {
      step.run();
    } else {
      attemptConsistently();
    }
  }

  private void store(StoredItem found, Document document) {
    long revision = document.revision();
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
    replace(
        found.bytes(),
        document,
        () -> tell(document, delivery -> finish(document, Outcome.PUBLISHED, delivery)),
        () -> publishing.untold().notStored(userId(), revision));
  }

  private void renew(Document document, Outcome outcome, Delivery delivery) {
    situation("while renewing revision " + document.revision());
    Document renewed = publishing.writer().isAtomic() ? document.renewed() : document;
    replace(
        document.bytes(), renewed, () -> hop(() -> finish(renewed, outcome, delivery)), () -> {});
  }

  private void replace(
      byte @Nullable [] expected, Document document, Runnable next, Runnable refused) {
    awaitHere(
        () -> publishing.writer().replace(key, expected, document.bytes(), publishing.itemTtl()),
        isStored -> {
          if (isStored) {
            publishing.remembered().put(userId(), document.toRemember());
            next.run();
          } else {
            refused.run();
            hop(() -> lostRace(expected));
          }
        },
        () -> {
          forget(expected);
          attemptConsistently();
        });
  }

  private void tell(Document document, Consumer<Delivery> next) {
    long revision = document.revision();
    Message message = Message.of(document);
    stored = document;
    situation("though revision " + revision + " is stored: its notification was not accepted");
    await(
        () -> publishing.topics().publish(key, message.text()),
        accepted -> {
          publishing.untold().told(userId(), revision);
          stored = null;
          next.accept(message.delivery());
        },
        () -> tell(document, next));
  }

  private void lostRace(byte @Nullable [] expected) {
    forget(expected);
    if (isRemembered) {
      // No race at all: another process has published since this one last did.
      attemptConsistently();
    } else {
      consistency = Consistency.CONSISTENT;
      repeatAfter(
          new EntitlementsException(ErrorKind.CONFLICT, "another publisher stored first"),
          this::attempt);
    }
  }

  private void forget(byte @Nullable [] outdated) {
    if (outdated != null) {
      publishing.remembered().forget(userId(), outdated);
    }
  }

  private void attemptConsistently() {
    consistency = Consistency.CONSISTENT;
    attempt();
  }

  private void finish(Document document, Outcome outcome, Delivery delivery) {
    PublishReceipt receipt =
        new PublishReceipt(
            document.snapshot(),
            outcome,
            delivery,
            document.published().length,
            attempts(),
            elapsed());
    log.debug("{}", receipt);
    succeed(receipt);
  }
}
