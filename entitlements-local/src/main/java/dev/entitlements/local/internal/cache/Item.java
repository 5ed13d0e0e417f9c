package dev.entitlements.local.internal.cache;

import com.google.protobuf.ByteString;

/**
 * What is stored under a key.
 *
 * @param expiresAt in milliseconds of the server's clock; at that instant it is gone
 */
record Item(ByteString value, long expiresAt) {
  boolean isGone(long now) {
    return now >= expiresAt;
  }
}
