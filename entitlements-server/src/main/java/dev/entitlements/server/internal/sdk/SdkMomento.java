package dev.entitlements.server.internal.sdk;

import dev.entitlements.momento.CacheReader;
import dev.entitlements.momento.CacheWriter;
import dev.entitlements.momento.TokenMinter;
import dev.entitlements.momento.TopicPublisher;
import java.time.Duration;
import momento.sdk.CacheClient;
import momento.sdk.IAuthClient;
import momento.sdk.TopicClient;

/** Momento by a host's own clients of its SDK, as one cache. Safe for use by several threads. */
public final class SdkMomento implements AutoCloseable {
  private final SdkCalls calls;
  private final SdkCache cache;
  private final SdkTopics topics;
  private final SdkTokens tokens;

  public SdkMomento(Clients clients, String cacheName, Duration callTimeout) {
    calls = new SdkCalls(callTimeout);
    cache = new SdkCache(clients.cache(), cacheName, calls);
    topics = new SdkTopics(clients.topics(), cacheName, calls);
    tokens = new SdkTokens(clients.auth(), cacheName, calls);
  }

  public CacheReader reader() {
    return cache;
  }

  public CacheWriter writer() {
    return cache;
  }

  public TopicPublisher topics() {
    return topics;
  }

  public TokenMinter tokens() {
    return tokens;
  }

  /** Ends calls and threads; the host's clients stay open. */
  @Override
  public void close() {
    calls.close();
    tokens.close();
  }

  /** What the host hands over, and keeps. */
  public record Clients(CacheClient cache, TopicClient topics, IAuthClient auth) {}
}
