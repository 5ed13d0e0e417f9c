package dev.entitlements.local.internal.topic;

import com.google.protobuf.ByteString;

/**
 * What was published.
 *
 * @param bytes UTF-8 when it is text
 */
public record TopicValue(boolean isText, ByteString bytes) {

  /** Momento counts one operation per kilobyte begun. */
  int cost() {
    return Math.max(1, (bytes.size() + 1023) / 1024);
  }
}
