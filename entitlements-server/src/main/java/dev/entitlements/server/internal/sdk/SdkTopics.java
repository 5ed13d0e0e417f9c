package dev.entitlements.server.internal.sdk;

import dev.entitlements.momento.TopicPublisher;
import java.util.concurrent.CompletableFuture;
import momento.sdk.TopicClient;
import momento.sdk.responses.topic.TopicPublishResponse;

/** The topics of one cache on the SDK's {@code TopicClient}, which is used to publish only. */
final class SdkTopics implements TopicPublisher {
  private final TopicClient client;
  private final String cacheName;
  private final SdkCalls calls;

  SdkTopics(TopicClient client, String cacheName, SdkCalls calls) {
    this.client = client;
    this.cacheName = cacheName;
    this.calls = calls;
  }

  @Override
  public CompletableFuture<Void> publish(String topic, String message) {
    String name = "publish on '" + topic + "'";
    return calls
        .call(
            name,
            () -> client.publish(cacheName, topic, message),
            answer -> {
              if (answer instanceof TopicPublishResponse.Success success) {
                return success;
              }
              throw SdkErrors.unknownAnswer(name, answer);
            })
        .thenAccept(success -> {});
  }

  @Override
  public String toString() {
    return "SdkTopics{" + cacheName + "}";
  }
}
