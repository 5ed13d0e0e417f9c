package dev.entitlements.local.internal;

import dev.entitlements.local.Quotas;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What a server was asked to be, checked by the builder.
 *
 * @param host address or name to listen on
 * @param port 0 for any free one
 * @param caches names of the caches that exist from the start
 * @param subscriberBuffer events kept for a subscriber that does not read
 * @param longPollWait how long a long poll waits for something to tell
 * @param tls whether it serves TLS, too, on a second port
 */
public record Settings(
    String host,
    int port,
    String apiKey,
    List<String> caches,
    Duration heartbeatInterval,
    int replayDepth,
    int subscriberBuffer,
    Duration longPollWait,
    boolean endStreamsAtTokenExpiry,
    boolean tls,
    Quotas quotas,
    Clock clock) {

  public Settings {
    caches = List.copyOf(caches);
  }

  /** Has no secret. */
  @Override
  public String toString() {
    return "Settings[" + host + ":" + port + ", caches=" + caches + "]";
  }
}
