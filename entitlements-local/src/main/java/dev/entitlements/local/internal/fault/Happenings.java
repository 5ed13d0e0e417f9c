package dev.entitlements.local.internal.fault;

import dev.entitlements.local.StreamEnd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The faults that happen at once, as against those that are set. */
public interface Happenings {

  /**
   * Ends open subscriptions. Returns how many.
   *
   * @param cache with the topic; null for all of them
   * @param status null for a normal end
   */
  int endStreams(@Nullable String cache, @Nullable String topic, @Nullable StreamEnd status);

  /** Closes all TCP connections. Returns how many. */
  int dropConnections();

  /** Makes every token run out that was minted until now. */
  void expireTokens();

  /** Starts a new page for the topic. */
  void resetTopic(String cache, String topic);

  /** Tells the topic's subscribers that so many messages were missed. */
  void announceDiscontinuity(String cache, String topic, int missed);

  /**
   * Stops listening at once and comes back after the time.
   *
   * @param keepItems whether what is in the caches survives
   * @return done when it listens again; fails when it cannot, or was closed meanwhile
   */
  CompletableFuture<Void> restart(Duration downFor, boolean keepItems);
}
