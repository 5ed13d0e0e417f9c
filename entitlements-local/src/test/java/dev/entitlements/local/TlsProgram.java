package dev.entitlements.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import momento.sdk.AuthClient;
import momento.sdk.ISubscriptionCallbacks;
import momento.sdk.TopicClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.auth.accessControl.DisposableTokenScopes;
import momento.sdk.auth.accessControl.ExpiresIn;
import momento.sdk.config.TopicConfigurations;
import momento.sdk.responses.auth.GenerateDisposableTokenResponse;
import momento.sdk.responses.topic.TopicMessage;
import momento.sdk.responses.topic.TopicPublishResponse;
import momento.sdk.responses.topic.TopicSubscribeResponse;

/** Runs Momento's own clients against a server, by TLS. Ends with 0 when all went well. */
final class TlsProgram {
  private TlsProgram() {}

  public static void main(String[] args) throws Exception {
    LocalMomento momento = LocalMomento.builder().tls().start();
    momento.writeTlsTrustStore(Path.of(args[0]));
    // Before anything in this JVM has asked what it trusts.
    System.setProperty("javax.net.ssl.trustStore", args[0]);
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");

    useItBy(momento.tlsCredentials());
    try (NetworkRelay relay = momento.relay()) {
      relay.latency(Duration.ofMillis(1));
      useItBy(relay.tlsCredentials());
      require(relay.connections() > 0, "not through the relay");
    }
    System.out.println("all by the relay, too");
    // The clients leave threads behind that are no daemons.
    System.exit(0);
  }

  private static void useItBy(CredentialProvider credentials) throws Exception {
    CompletableFuture<String> received = new CompletableFuture<>();
    TopicClient topics = TopicClient.create(credentials, TopicConfigurations.Laptop.latest());
    TopicSubscribeResponse subscribed =
        topics.subscribe("entitlements", "t", new Callbacks(received)).get(30, TimeUnit.SECONDS);
    require(subscribed instanceof TopicSubscribeResponse.Subscription, subscribed);
    TopicPublishResponse published =
        topics.publish("entitlements", "t", "m").get(30, TimeUnit.SECONDS);
    require(published instanceof TopicPublishResponse.Success, published);
    String text = received.get(30, TimeUnit.SECONDS);
    require(text.equals("m"), text);

    AuthClient auth = AuthClient.create(credentials);
    GenerateDisposableTokenResponse minted =
        auth.generateDisposableTokenAsync(
                DisposableTokenScopes.topicSubscribeOnly("entitlements", "t"), ExpiresIn.minutes(5))
            .get(30, TimeUnit.SECONDS);
    require(minted instanceof GenerateDisposableTokenResponse.Success, minted);

    System.out.println("published, received, minted");
  }

  private static void require(boolean right, Object was) {
    if (!right) {
      System.out.println("Wrong: " + was);
      System.exit(1);
    }
  }

  private record Callbacks(CompletableFuture<String> received) implements ISubscriptionCallbacks {
    @Override
    public void onItem(TopicMessage message) {
      received.complete(((TopicMessage.Text) message).getValue());
    }

    @Override
    public void onCompleted() {
      received.completeExceptionally(new IllegalStateException("completed"));
    }

    @Override
    public void onError(Throwable thrown) {
      received.completeExceptionally(thrown);
    }
  }
}
