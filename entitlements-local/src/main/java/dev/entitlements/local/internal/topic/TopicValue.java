package dev.entitlements.local.internal.topic;

import com.google.protobuf.ByteString;
import dev.entitlements.local.internal.Meter;

/**
 * What was published.
 *
 * @param bytes UTF-8 when it is text
 */
public record TopicValue(boolean isText, ByteString bytes) {

  /** As Momento counts it. */
  int cost() {
    return Meter.units(bytes.size());
  }
}
