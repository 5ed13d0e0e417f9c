package dev.entitlements.local.internal.fault;

import dev.entitlements.local.Rpc;
import dev.entitlements.local.StreamEnd;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong, for whom, how often and for how long. Immutable, and checked.
 *
 * @param rpcs the calls it strikes; empty where it strikes deliveries
 * @param cache null for every cache
 * @param key key of the item, topic, or token id; null for every one
 * @param times how often it strikes; {@link #UNLIMITED} for always
 * @param lasting how long it is there, in real time; null until it is cleared
 * @param status where the kind has one
 * @param delay where the kind is a delay
 */
public record FaultRule(
    FaultKind kind,
    Set<Rpc> rpcs,
    @Nullable String cache,
    @Nullable String key,
    int times,
    @Nullable Duration lasting,
    @Nullable StreamEnd status,
    @Nullable Duration delay) {

  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final Set<Rpc> READS = Set.of(Rpc.GET, Rpc.GET_BATCH);

  /**
   * Checks the rule.
   *
   * @throws IllegalArgumentException when it makes no sense, saying why
   */
  public FaultRule {
    rpcs = Set.copyOf(rpcs);
    check(times >= 1, "times is " + times + ": it must be at least 1");
    check(lasting == null || isPositive(lasting), "lasting must be longer than 0");
    check(
        kind.hasStatus() == (status != null), kind.wireName() + needs(kind.hasStatus(), "status"));
    check(
        (kind == FaultKind.DELAY) == (delay != null),
        kind.wireName() + needs(delay == null, "delay"));
    check(delay == null || isPositive(delay), "delay must be longer than 0");
    check(
        kind != FaultKind.SILENCE || times == UNLIMITED,
        "silence lasts for a time or until it is cleared: it takes no times");
    if (kind.isOnDeliveries()) {
      check(rpcs.isEmpty(), kind.wireName() + " strikes deliveries: it takes no rpcs");
    } else {
      check(!rpcs.isEmpty(), kind.wireName() + " strikes calls: it needs at least one of rpcs");
    }
    check(
        kind != FaultKind.STALE || READS.containsAll(rpcs),
        "stale strikes reads alone: GET and GET_BATCH");
  }

  /** A rule for all calls, or all deliveries, until it is cleared. */
  public static FaultRule of(FaultKind kind, @Nullable StreamEnd status, @Nullable Duration delay) {
    return new FaultRule(kind, every(kind), null, null, UNLIMITED, null, status, delay);
  }

  /** The calls that a kind strikes if none are named. */
  public static Set<Rpc> every(FaultKind kind) {
    if (kind.isOnDeliveries()) {
      return Set.of();
    }
    return kind == FaultKind.STALE ? READS : EnumSet.allOf(Rpc.class);
  }

  boolean matches(Call call) {
    return rpcs.contains(call.rpc())
        && (cache == null || cache.equals(call.cache()))
        && (key == null || call.hasKey(key));
  }

  boolean matchesDelivery(String ofCache, String topic) {
    return kind.isOnDeliveries()
        && (cache == null || cache.equals(ofCache))
        && (key == null || key.equals(topic));
  }

  private static String needs(boolean needed, String what) {
    return needed ? " needs a " + what : " takes no " + what;
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }
}
