package dev.entitlements.local.internal.cache;

import com.google.protobuf.ByteString;
import dev.entitlements.local.internal.Limits;
import dev.entitlements.local.internal.Meter;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.auth.AccessControl;
import dev.entitlements.local.internal.auth.Operation;
import dev.entitlements.local.internal.auth.Principal;
import dev.entitlements.local.internal.auth.Resource;
import io.grpc.Status;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** The caches of the server, by name. */
public final class Caches {
  /** Items that one sweep looks at in each cache. */
  private static final int SWEEP = 2_000;

  private final ConcurrentSkipListMap<String, Cache> caches = new ConcurrentSkipListMap<>();
  private final Clock clock;
  private final Meter meter;

  public Caches(Clock clock, Meter meter) {
    this.clock = clock;
    this.meter = meter;
  }

  /**
   * The cache, for an operation on the keys that the principal may do on each of them.
   *
   * @throws Refusal PERMISSION_DENIED, INVALID_ARGUMENT or NOT_FOUND
   */
  public Cache open(Principal principal, Operation operation, String name, List<ByteString> keys) {
    // With no key there is nothing to be judged by: it takes a right to all of them.
    for (ByteString key : keys.isEmpty() ? List.of(ByteString.EMPTY) : keys) {
      AccessControl.require(principal, operation, Resource.item(name, key));
    }
    return require(name);
  }

  /**
   * The cache of that name.
   *
   * @throws Refusal NOT_FOUND
   */
  public Cache require(String name) {
    Limits.checkCacheName(name);
    Cache cache = caches.get(name);
    if (cache == null) {
      throw missing(name);
    }
    return cache;
  }

  /**
   * Makes an empty cache.
   *
   * @throws Refusal ALREADY_EXISTS or INVALID_ARGUMENT
   */
  public void create(String name) {
    Limits.checkCacheName(name);
    if (caches.putIfAbsent(name, new Cache(clock, meter)) != null) {
      throw Refusal.of(Status.Code.ALREADY_EXISTS, "Cache with name: " + name + " already exists");
    }
  }

  /**
   * Forgets the cache and all in it.
   *
   * @throws Refusal NOT_FOUND or INVALID_ARGUMENT
   */
  public void delete(String name) {
    Limits.checkCacheName(name);
    if (caches.remove(name) == null) {
      throw missing(name);
    }
  }

  /** In alphabetical order. */
  public List<String> names() {
    return List.copyOf(caches.keySet());
  }

  /** Empties every cache; the caches stay. */
  public void flushAll() {
    caches.values().forEach(Cache::flush);
  }

  /** A bounded piece of work: frees some of what has run out and was not asked for since. */
  public void sweep() {
    caches.values().forEach(cache -> cache.sweep(SWEEP));
  }

  /** What is answered for a cache that is not there. */
  public static Refusal missing(String name) {
    return Refusal.notFound("Cache Not Found: there is no cache named " + name);
  }
}
