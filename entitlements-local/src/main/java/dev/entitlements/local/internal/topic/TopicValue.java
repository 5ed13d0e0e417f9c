package dev.entitlements.local.internal.topic;

import com.google.protobuf.ByteString;

/**
 * What was published.
 *
 * @param bytes UTF-8 when it is text
 */
public record TopicValue(boolean isText, ByteString bytes) {}
