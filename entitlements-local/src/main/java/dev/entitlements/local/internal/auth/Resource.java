package dev.entitlements.local.internal.auth;

import com.google.protobuf.ByteString;

/**
 * What an operation works on.
 *
 * @param cache name of the cache; empty where the operation has none
 * @param name key of the item or name of the topic; empty where the operation has none
 */
public record Resource(ByteString cache, ByteString name) {
  public static final Resource NONE = new Resource(ByteString.EMPTY, ByteString.EMPTY);

  public static Resource item(String cache, ByteString key) {
    return new Resource(ByteString.copyFromUtf8(cache), key);
  }

  public static Resource topic(String cache, String topic) {
    return new Resource(ByteString.copyFromUtf8(cache), ByteString.copyFromUtf8(topic));
  }
}
