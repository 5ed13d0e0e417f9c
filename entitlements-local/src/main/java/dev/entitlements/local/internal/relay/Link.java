package dev.entitlements.local.internal.relay;

import java.time.Duration;

/**
 * How one direction is at present.
 *
 * @param stalled whether nothing is forwarded, the end of a connection included
 * @param latency how much later each byte arrives
 * @param bytesPerSecond of each connection; {@link Long#MAX_VALUE} for no limit
 */
public record Link(boolean stalled, Duration latency, long bytesPerSecond) {
  public static final Link GOOD = new Link(false, Duration.ZERO, Long.MAX_VALUE);

  public Link {
    if (latency.isNegative()) {
      throw new IllegalArgumentException("latency is " + latency + ": it must not be negative");
    }
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "bandwidth is " + bytesPerSecond + " bytes per second: it must be at least 1");
    }
  }

  public Link withStalled(boolean is) {
    return new Link(is, latency, bytesPerSecond);
  }

  public Link withLatency(Duration time) {
    return new Link(stalled, time, bytesPerSecond);
  }

  public Link withBytesPerSecond(long bytes) {
    return new Link(stalled, latency, bytes);
  }

  /** What may be sent in one go, so that a narrow link trickles rather than bursts. */
  int pieceBytes() {
    return (int) Math.max(1, Math.min(bytesPerSecond / 20, 1 << 16));
  }

  /** How long the link is busy with so many bytes, in nanoseconds. */
  long busyNanos(int bytes) {
    return bytesPerSecond == Long.MAX_VALUE ? 0 : (long) (bytes * 1e9 / bytesPerSecond);
  }
}
