package dev.entitlements.momento;

import dev.entitlements.EntitlementsException;
import java.util.Optional;

/**
 * Is told what comes from one subscription stream: one call at a time, in the service's order, on a
 * thread that must not be blocked. It must not throw.
 */
public interface SubscriptionListener {
  /**
   * The stream is alive. The first call of all is this one, and only with it the subscription is
   * active.
   */
  void onHeartbeat();

  /**
   * A message was published.
   *
   * @param message the message
   */
  void onMessage(TopicItem message);

  /**
   * Messages were, or may have been, missed at this point of the stream.
   *
   * @param newSequencePage the page from here on; another one than before means that the topic was
   *     reset
   */
  void onDiscontinuity(long newSequencePage);

  /**
   * The stream has ended and nothing more comes.
   *
   * @param error why, or empty if the service ended it normally
   */
  void onEnd(Optional<EntitlementsException> error);
}
