package dev.entitlements.server.internal;

import dev.entitlements.momento.CacheReader;
import dev.entitlements.momento.CacheWriter;
import dev.entitlements.momento.TopicPublisher;
import java.time.Duration;

/** What all calls of one publisher share. */
public record Publishing(
    CacheReader reader,
    CacheWriter writer,
    TopicPublisher topics,
    String keyPrefix,
    Duration itemTtl,
    Duration callDeadline,
    Workers workers,
    Untold untold,
    RememberedItems remembered,
    Quota quota) {}
