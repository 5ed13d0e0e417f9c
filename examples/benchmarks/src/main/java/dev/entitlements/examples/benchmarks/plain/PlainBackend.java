package dev.entitlements.examples.benchmarks.plain;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import momento.sdk.CacheClient;
import momento.sdk.TopicClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.Configurations;
import momento.sdk.config.TopicConfigurations;
import momento.sdk.responses.cache.SetResponse;
import momento.sdk.responses.topic.TopicPublishResponse;

/** The plain pattern's backend: set the item, then publish it. */
public final class PlainBackend implements AutoCloseable {
  /** Momento's limit of a message. */
  private static final int MESSAGE_BYTES = 4 * 1024;

  private final String cacheName;
  private final CacheClient cache;
  private final TopicClient topics;

  /** Connects. */
  public PlainBackend(CredentialProvider credentials, String cacheName) {
    this.cacheName = cacheName;
    cache = new CacheClient(credentials, Configurations.Laptop.latest(), Duration.ofHours(1));
    topics = TopicClient.create(credentials, TopicConfigurations.Laptop.latest());
  }

  /**
   * Sets and then publishes; a document that does not fit into a message is only announced.
   *
   * @return fails when either does
   */
  public CompletableFuture<Void> publish(String user, String json) {
    boolean fits = json.getBytes(StandardCharsets.UTF_8).length <= MESSAGE_BYTES;
    return cache
        .set(cacheName, user, json)
        .thenCompose(
            answer -> {
              if (!(answer instanceof SetResponse.Success)) {
                throw new BenchmarkFailed("The SDK's CacheClient could not set: " + answer);
              }
              return topics.publish(cacheName, user, fits ? json : "changed");
            })
        .thenAccept(
            answer -> {
              if (!(answer instanceof TopicPublishResponse.Success)) {
                throw new BenchmarkFailed("The SDK's TopicClient could not publish: " + answer);
              }
            });
  }

  @Override
  public void close() {
    topics.close();
    cache.close();
  }
}
