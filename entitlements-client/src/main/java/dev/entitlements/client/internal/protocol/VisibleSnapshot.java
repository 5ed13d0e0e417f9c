package dev.entitlements.client.internal.protocol;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot with only the grants that are active, and how long that stays true: whoever looks
 * later sees it as it counts then, even where a timer is late. Immutable.
 */
public final class VisibleSnapshot {
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final Entitlements latest;
  private final ServerClock clock;
  private final Optional<Entitlements> active;
  private final long atNanos;
  private final long validNanos;

  private VisibleSnapshot(Entitlements latest, ServerClock clock, long nanos) {
    this.latest = latest;
    this.clock = clock;
    Instant now = clock.at(nanos);
    active = Optional.of(latest.activeAt(now));
    atNanos = nanos;
    Instant boundary = nextBoundary(latest, now);
    validNanos = boundary == null ? FOR_EVER : saturatedNanos(Duration.between(now, boundary));
  }

  static VisibleSnapshot of(Entitlements latest, ServerClock clock, long nanos) {
    return new VisibleSnapshot(latest, clock, nanos);
  }

  /** The same snapshot as it counts at a reading of the monotonic clock. */
  public VisibleSnapshot at(long nanos) {
    return nanos - atNanos < validNanos ? this : of(latest, clock, nanos);
  }

  /** Whether anything in it begins or ends, so that it matters when it is looked at. */
  public boolean dependsOnTime() {
    return validNanos != FOR_EVER;
  }

  /** The same snapshot by a clock that was set anew. */
  VisibleSnapshot by(ServerClock clock, long nanos) {
    return of(latest, clock, nanos);
  }

  /**
   * The grants that are active. Never empty; an Optional because that is what callers are given,
   * without making one.
   */
  public Optional<Entitlements> active() {
    return active;
  }

  Entitlements latest() {
    return latest;
  }

  /** How long it stays true, or empty if nothing in it begins or ends. */
  Optional<Duration> validFor() {
    return dependsOnTime() ? Optional.of(Duration.ofNanos(validNanos)) : Optional.empty();
  }

  boolean looksLike(@Nullable VisibleSnapshot other) {
    return other != null && active.equals(other.active);
  }

  private static @Nullable Instant nextBoundary(Entitlements snapshot, Instant now) {
    Instant next = null;
    for (Entitlement entitlement : snapshot.entitlements().values()) {
      next = earlier(next, entitlement.validFrom().filter(now::isBefore).orElse(null));
      next = earlier(next, entitlement.validUntil().filter(now::isBefore).orElse(null));
    }
    return next;
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }

  /** A grant may end in the year 9999, which is further than nanoseconds reach. */
  private static long saturatedNanos(Duration duration) {
    return duration.getSeconds() > FOR_EVER / 2_000_000_000L ? FOR_EVER / 2 : duration.toNanos();
  }

  @Override
  public String toString() {
    return active.get().toString();
  }
}
