package dev.entitlements.examples.benchmarks.plain;

import dev.entitlements.Entitlements;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import momento.sdk.CacheClient;
import momento.sdk.ISubscriptionCallbacks;
import momento.sdk.TopicClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.Configurations;
import momento.sdk.config.TopicConfigurations;
import momento.sdk.responses.cache.GetResponse;
import momento.sdk.responses.topic.TopicMessage;
import momento.sdk.responses.topic.TopicSubscribeResponse;

/**
 * The plain pattern, on the official SDK as it is: subscribe; on each message read the item, and
 * replace the local object.
 */
public final class PlainPlayer implements ISubscriptionCallbacks, AutoCloseable {
  private final String cacheName;
  private final String user;
  private final CacheClient cache;
  private final TopicClient topics;
  private final Runnable onMessage;
  private final Consumer<Entitlements> onState;

  /**
   * Connects nothing yet.
   *
   * @param onMessage is called at the beginning of each callback
   * @param onState is given each local object
   */
  public PlainPlayer(
      CredentialProvider credentials,
      String cacheName,
      String user,
      Runnable onMessage,
      Consumer<Entitlements> onState) {
    this.cacheName = cacheName;
    this.user = user;
    this.onMessage = onMessage;
    this.onState = onState;
    // Not by create(): that connects at once, and gives up for good if it does not succeed at once.
    cache = new CacheClient(credentials, Configurations.Laptop.latest(), Duration.ofMinutes(10));
    topics = TopicClient.create(credentials, TopicConfigurations.Laptop.latest());
  }

  /**
   * Subscribes, and begins to read. Returns once it is subscribed.
   *
   * @throws BenchmarkFailed when it is not within 30 s
   */
  public void start() throws InterruptedException {
    try {
      TopicSubscribeResponse answer =
          topics.subscribe(cacheName, user, this).get(30, TimeUnit.SECONDS);
      if (answer instanceof TopicSubscribeResponse.Error error) {
        throw new BenchmarkFailed("The SDK's TopicClient could not subscribe", error);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchmarkFailed("The SDK's TopicClient could not subscribe", e);
    }
    read();
  }

  @Override
  public void onItem(TopicMessage message) {
    onMessage.run();
    read();
  }

  private void read() {
    CompletableFuture<Void> unused =
        cache
            .get(cacheName, user)
            .thenAccept(
                answer -> {
                  if (answer instanceof GetResponse.Hit hit) {
                    onState.accept(Entitlements.fromJson(hit.valueString()));
                  }
                });
  }

  @Override
  public void onCompleted() {}

  @Override
  public void onError(Throwable error) {}

  @Override
  public void close() {
    topics.close();
    cache.close();
  }
}
