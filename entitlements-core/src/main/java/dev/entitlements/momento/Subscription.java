package dev.entitlements.momento;

/** One subscription stream. Safe for use by several threads; no method blocks. */
public interface Subscription {
  /**
   * Allows so many more events. What the listener has not been given room for waits with the
   * service, which drops messages, and says so, before it piles them up: this is what bounds the
   * memory of a slow player.
   *
   * @param events how many more calls of the listener's {@code on} methods there may be, 0 or more;
   *     the end needs no room, but comes after what waits
   */
  void request(int events);

  /**
   * Ends the stream. The listener's {@link SubscriptionListener#onEnd} may or may not be called
   * after this.
   */
  void cancel();
}
