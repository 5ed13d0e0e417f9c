package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.Entitlements;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
final class PlainPlayer implements Player, ISubscriptionCallbacks {
  private final String cacheName;
  private final String user;
  private final CacheClient cache;
  private final TopicClient topics;
  private final LocalCopy copy = new LocalCopy();
  private final ThrowOnce defect = new ThrowOnce();

  PlainPlayer(CredentialProvider credentials, String cacheName, String user) {
    this.cacheName = cacheName;
    this.user = user;
    // Not by create(): that connects at once, and gives up for good if it does not succeed at once.
    cache = new CacheClient(credentials, Configurations.Laptop.latest(), Duration.ofMinutes(10));
    topics = TopicClient.create(credentials, TopicConfigurations.Laptop.latest());
  }

  @Override
  public void start() throws InterruptedException {
    try {
      TopicSubscribeResponse answer =
          topics.subscribe(cacheName, user, this).get(30, TimeUnit.SECONDS);
      if (!(answer instanceof TopicSubscribeResponse.Subscription)) {
        throw new BenchmarkFailed("The SDK's TopicClient could not subscribe: " + answer);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchmarkFailed("The SDK's TopicClient could not subscribe", e);
    }
    read();
  }

  @Override
  public void onItem(TopicMessage message) {
    defect.pass();
    read();
  }

  private void read() {
    CompletableFuture<Void> unused =
        cache
            .get(cacheName, user)
            .thenAccept(
                answer -> {
                  if (answer instanceof GetResponse.Hit hit) {
                    copy.replace(States.numberOf(Entitlements.fromJson(hit.valueString())));
                  }
                });
  }

  @Override
  public void onCompleted() {}

  @Override
  public void onError(Throwable error) {}

  @Override
  public LocalCopy copy() {
    return copy;
  }

  @Override
  public ThrowOnce defect() {
    return defect;
  }

  @Override
  public void close() {
    topics.close();
    cache.close();
  }
}
