package dev.entitlements.local.internal.topic;

/** A topic's full name: topics live on a cache. */
public record TopicName(String cache, String topic) {}
