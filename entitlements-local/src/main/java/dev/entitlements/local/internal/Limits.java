package dev.entitlements.local.internal;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.regex.Pattern;

/** Momento's hard limits. They are always on, whatever the quotas. */
public final class Limits {
  /** Key and value together, in bytes. */
  public static final int ITEM_BYTES = 5 * 1024 * 1024;

  /** The payload of one topic message, in bytes. */
  public static final int MESSAGE_BYTES = 4 * 1024;

  public static final Duration ITEM_TTL = Duration.ofHours(24);
  public static final Duration TOKEN_LIFE = Duration.ofHours(25);
  public static final int TOKEN_ID_CHARS = 64;
  public static final int TOKEN_PERMISSIONS = 20;

  /** Streams that one HTTP/2 connection may have open at a time. */
  public static final int STREAMS_PER_CONNECTION = 100;

  private static final Pattern CACHE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");

  private Limits() {}

  public static boolean isCacheName(String name) {
    return CACHE_NAME.matcher(name).matches();
  }

  public static void checkCacheName(String name) {
    if (!isCacheName(name)) {
      throw Refusal.invalid(
          "Invalid cache name: 1 to 255 of letters, digits, '.', '_' and '-' are allowed");
    }
  }

  public static void checkTopicName(String name) {
    if (name.isEmpty()) {
      throw Refusal.invalid("Invalid topic name: it must not be empty");
    }
  }

  public static void checkKey(ByteString key) {
    if (key.isEmpty()) {
      throw Refusal.invalid("Invalid key: it must not be empty");
    }
  }

  public static void checkItem(ByteString key, ByteString value) {
    checkKey(key);
    long bytes = (long) key.size() + value.size();
    if (bytes > ITEM_BYTES) {
      throw Refusal.limit(
          LimitName.ITEM_SIZE,
          "Item of " + bytes + " bytes: key and value may have " + ITEM_BYTES + " together");
    }
  }

  /** The TTL as the wire has it, an unsigned number of milliseconds; returns it checked. */
  public static long checkTtl(long ttlMillis) {
    if (ttlMillis == 0 || Long.compareUnsigned(ttlMillis, ITEM_TTL.toMillis()) > 0) {
      throw Refusal.invalid(
          "Invalid TTL of "
              + Long.toUnsignedString(ttlMillis)
              + " ms: more than 0 and at most "
              + ITEM_TTL.toMillis()
              + " (24 h) are allowed");
    }
    return ttlMillis;
  }

  public static void checkMessage(ByteString payload) {
    if (payload.size() > MESSAGE_BYTES) {
      throw Refusal.limit(
          LimitName.REQUEST_SIZE,
          "Message of " + payload.size() + " bytes: a topic takes at most " + MESSAGE_BYTES);
    }
  }
}
