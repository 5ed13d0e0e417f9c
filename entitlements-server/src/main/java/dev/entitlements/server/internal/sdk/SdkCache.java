package dev.entitlements.server.internal.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.momento.CacheReader;
import dev.entitlements.momento.CacheWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import momento.sdk.CacheClient;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.cache.SetIfNotExistsResponse;
import momento.sdk.responses.cache.SetResponse;
import momento.sdk.responses.cache.ttl.UpdateTtlResponse;
import org.jspecify.annotations.Nullable;

/**
 * One cache on the SDK's {@code CacheClient}. What it cannot do as {@link CacheReader} and {@link
 * CacheWriter} say:
 *
 * <ol>
 *   <li>The SDK knows how new an answer has to be per client, not per call: both consistencies are
 *       what the host's client was configured for.
 *   <li>SDK 1.21.0 stores only over an absent item atomically. Over a present one this class reads,
 *       compares, writes, and reads again. Writes of one key on one such object take turns, so
 *       among them it <em>is</em> a compare-and-set. What another process stores between compare
 *       and write is overwritten unseen; what it stores between write and second read is seen, and
 *       the call fails with {@link ErrorKind#CONFLICT}, upon which publishers compute again.
 *   <li>To renew an item's time, only its time is written, so that overwrites nothing.
 * </ol>
 */
final class SdkCache implements CacheReader, CacheWriter {
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private final CacheClient client;
  private final String cacheName;
  private final SdkCalls calls;
  private final Turns turns = new Turns();

  SdkCache(CacheClient client, String cacheName, SdkCalls calls) {
    this.client = client;
    this.cacheName = cacheName;
    this.calls = calls;
  }

  @Override
  public CompletableFuture<Optional<byte[]>> get(String key, Consistency consistency) {
    return read(key);
  }

  @Override
  public CompletableFuture<Boolean> replace(
      String key, byte @Nullable [] expected, byte[] value, Duration ttl) {
    Duration sendable = sendable(ttl);
    return turns.take(
        key,
        () ->
            expected == null
                ? storeIfAbsent(key, value, sendable)
                : compareAndStore(key, expected, value, sendable));
  }

  private CompletableFuture<Boolean> compareAndStore(
      String key, byte[] expected, byte[] value, Duration ttl) {
    return read(key)
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return storeIfAbsent(key, value, ttl);
              }
              if (!Arrays.equals(found.get(), expected)) {
                return CompletableFuture.completedFuture(false);
              }
              return Arrays.equals(expected, value)
                  ? renew(key, value, ttl)
                  : overwrite(key, value, ttl).thenCompose(stored -> verify(key, value));
            });
  }

  private CompletableFuture<Boolean> verify(String key, byte[] value) {
    return read(key)
        .thenApply(
            found -> {
              if (found.isPresent() && Arrays.equals(found.get(), value)) {
                return true;
              }
              // Not false: it was stored, and may have been read.
              throw new EntitlementsException(
                  ErrorKind.CONFLICT,
                  "conditional set of '" + key + "': it was overwritten at the same time");
            });
  }

  private CompletableFuture<Optional<byte[]>> read(String key) {
    String name = "get of '" + key + "'";
    return calls.call(
        name,
        () -> client.get(cacheName, key),
        answer -> {
          if (answer instanceof GetResponse.Hit hit) {
            return Optional.of(hit.valueByteArray());
          } else if (answer instanceof GetResponse.Miss) {
            return Optional.empty();
          }
          throw SdkErrors.unknownAnswer(name, answer);
        });
  }

  private CompletableFuture<Boolean> storeIfAbsent(String key, byte[] value, Duration ttl) {
    String name = "set of '" + key + "' if absent";
    return calls.call(
        name,
        () -> client.setIfNotExists(cacheName, key, value, ttl),
        answer -> {
          if (answer instanceof SetIfNotExistsResponse.Stored) {
            return true;
          } else if (answer instanceof SetIfNotExistsResponse.NotStored) {
            return false;
          }
          throw SdkErrors.unknownAnswer(name, answer);
        });
  }

  private CompletableFuture<Boolean> renew(String key, byte[] value, Duration ttl) {
    String name = "renewal of '" + key + "'";
    return calls
        .call(
            name,
            () -> client.updateTtl(cacheName, key, ttl),
            answer -> {
              if (answer instanceof UpdateTtlResponse.Set) {
                return true;
              } else if (answer instanceof UpdateTtlResponse.Miss) {
                return false;
              }
              throw SdkErrors.unknownAnswer(name, answer);
            })
        .thenCompose(
            isRenewed ->
                isRenewed
                    ? CompletableFuture.completedFuture(true)
                    : storeIfAbsent(key, value, ttl));
  }

  private CompletableFuture<SetResponse.Success> overwrite(String key, byte[] value, Duration ttl) {
    String name = "set of '" + key + "'";
    return calls.call(
        name,
        () -> client.set(cacheName, key.getBytes(UTF_8), value, ttl),
        answer -> {
          if (answer instanceof SetResponse.Success success) {
            return success;
          }
          throw SdkErrors.unknownAnswer(name, answer);
        });
  }

  /** What the wire cannot carry is out of the service's range too, which says what it allows. */
  private static Duration sendable(Duration ttl) {
    return ttl.isNegative() ? Duration.ZERO : ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl;
  }

  @Override
  public String toString() {
    return "SdkCache{" + cacheName + "}";
  }
}
