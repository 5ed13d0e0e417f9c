package dev.entitlements.server;

/**
 * Is told how an {@link EntitlementPublisher#refreshAll} goes, one call at a time, in order, on the
 * publisher's executor. The run waits for each call to return: a listener that writes failures to a
 * file or a table slows the run down rather than filling memory. What it throws is logged.
 */
public interface BulkListener {
  /** A listener that does nothing: the future's report is enough. */
  BulkListener NONE = new BulkListener() {};

  /**
   * The run goes on. Called once in each {@link BulkOptions#progressInterval()}, not more often.
   *
   * @param progress how far it has come
   */
  default void onProgress(BulkProgress progress) {}

  /**
   * One user could not be refreshed, and will not be tried again by this run.
   *
   * @param failure who, and why
   */
  default void onFailure(BulkFailure failure) {}

  /**
   * The run is over, whatever ended it; nothing of it is under way any more. The last call.
   *
   * @param report what became of it
   */
  default void onEnd(BulkReport report) {}
}
