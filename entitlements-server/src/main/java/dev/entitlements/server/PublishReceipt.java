package dev.entitlements.server;

import dev.entitlements.Entitlements;
import java.time.Duration;
import java.util.Objects;

/**
 * What became of one publish. Immutable.
 *
 * @param snapshot what is stored now: what was published, or what was there already
 * @param outcome what became of it
 * @param delivery how players were told
 * @param bytes the size of the document as it is published, in bytes of UTF-8; to be watched where
 *     it comes near to {@link #MAX_MESSAGE_BYTES}
 * @param attempts how many attempts it took, 1 if nothing had to be repeated
 * @param elapsed how long it took, from the beginning of the work
 */
public record PublishReceipt(
    Entitlements snapshot,
    Outcome outcome,
    Delivery delivery,
    int bytes,
    int attempts,
    Duration elapsed) {
  /** How many bytes of UTF-8 a document may have to be sent in a message; larger ones are read. */
  public static final int MAX_MESSAGE_BYTES = 4096;

  /**
   * Checks that nothing is missing.
   *
   * @param snapshot what is stored now: what was published, or what was there already
   * @param outcome what became of it
   * @param delivery how players were told
   * @param bytes the size of the document as it is published, in bytes of UTF-8
   * @param attempts how many attempts it took, 1 if nothing had to be repeated
   * @param elapsed how long it took, from the beginning of the work
   * @throws NullPointerException if a component is null
   */
  public PublishReceipt {
    Objects.requireNonNull(snapshot, "snapshot");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(elapsed, "elapsed");
  }

  /**
   * Whom it concerns.
   *
   * @return the user's id
   */
  public String userId() {
    return snapshot.userId();
  }

  /**
   * How much the document may still grow before players have to read it from the cache.
   *
   * @return {@link #MAX_MESSAGE_BYTES} less {@link #bytes}; negative if it is too large for a
   *     message already
   */
  public int messageRoom() {
    return MAX_MESSAGE_BYTES - bytes;
  }

  /**
   * The revision that is stored now.
   *
   * @return the revision of the snapshot
   */
  public long revision() {
    return snapshot.revision();
  }

  @Override
  public String toString() {
    return "PublishReceipt{"
        + userId()
        + " r"
        + revision()
        + " "
        + outcome
        + ", "
        + delivery
        + ", "
        + bytes
        + " of "
        + MAX_MESSAGE_BYTES
        + " bytes, "
        + attempts
        + (attempts == 1 ? " attempt, " : " attempts, ")
        + elapsed.toMillis()
        + " ms}";
  }

  /** What became of a publish. */
  public enum Outcome {
    /** It is stored, and the notification was accepted. */
    PUBLISHED,
    /**
     * The same content was stored already, and its time to live was renewed. Nobody was told,
     * except where another process stored it minutes ago and may have died before it told: then,
     * once, as the delivery says. Players who know already take no notice.
     */
    UNCHANGED,
    /**
     * What is stored has the same revision or a later one, and other content: it stays, nobody was
     * told. Only content with a revision of the host's own can end so.
     */
    SUPERSEDED
  }

  /** How players were told. */
  public enum Delivery {
    /** The message held the whole document. */
    INLINE,
    /** The document is too large for a message; it said that there is a new one in the cache. */
    NOTICE,
    /** Nothing was sent, because nothing changed. */
    NONE
  }
}
