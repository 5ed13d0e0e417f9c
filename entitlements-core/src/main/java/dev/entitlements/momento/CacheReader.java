package dev.entitlements.momento;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads items of one cache. */
public interface CacheReader {
  /**
   * Reads one item.
   *
   * @param key its key
   * @param consistency how new the answer has to be
   * @return completes with the item's bytes, or empty if there is no such item (which never means
   *     "revoked": items run out); fails with an {@link dev.entitlements.EntitlementsException}.
   *     Completed on a thread that must not be blocked; cancelling it cancels the call.
   */
  CompletableFuture<Optional<byte[]>> get(String key, Consistency consistency);

  /** How new the answer to a read has to be. */
  enum Consistency {
    /** Momento's default: it may miss the newest writes for a moment. */
    EVENTUAL,
    /** Read after write, at several times the cost. */
    CONSISTENT
  }
}
