package dev.entitlements.client;

/**
 * Is told when a user's entitlements change. Calls to one listener come one at a time and in order,
 * on the executor with which it was added. What it throws is logged and changes nothing for others.
 */
@FunctionalInterface
public interface EntitlementListener {
  /**
   * The visible entitlements changed. A new listener is first told of what there is at present. A
   * listener that is slower than the changes skips those that were superseded meanwhile, never the
   * newest.
   *
   * @param change what changed; its {@code previous} is what this listener was told last
   */
  void onChange(EntitlementChange change);

  /**
   * The watcher's status changed. A slow listener skips statuses that were superseded meanwhile,
   * never the newest.
   *
   * @param status the new status
   */
  default void onStatus(WatcherStatus status) {}
}
