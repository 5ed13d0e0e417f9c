package dev.entitlements.examples.quickstart;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MomentoEndpoint;
import dev.entitlements.momento.SubscriptionListener;
import dev.entitlements.momento.TopicItem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries with a player's token what it must not allow. */
final class LeastPrivilege implements AutoCloseable {
  private final Timeline timeline;
  private final SessionToken session;
  private final GrpcConnection connection;
  private final GrpcMomento momento;

  LeastPrivilege(Timeline timeline, SessionToken session) {
    this.timeline = timeline;
    this.session = session;
    connection = GrpcConnection.to(MomentoEndpoint.of(session.endpoint()));
    momento = connection.as(Credential.ofAuthToken(session.token()), session.cacheName());
  }

  void prove(String somebodyElse) {
    byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
    allowed("read its own item", momento.get(session.key(), Consistency.EVENTUAL));
    refused("read " + somebodyElse + "'s item", momento.get(somebodyElse, Consistency.EVENTUAL));
    refused(
        "overwrite its own item",
        momento.replace(session.key(), null, value, Duration.ofMinutes(1)));
    refused("publish on its own topic", momento.publish(session.key(), "{}"));
    refused("subscribe to " + somebodyElse + "'s topic", subscribe(somebodyElse));
    refused("mint another token", momento.mint(somebodyElse, somebodyElse, Duration.ofMinutes(1)));
  }

  private void allowed(String what, CompletableFuture<?> attempt) {
    Optional<EntitlementsException> error = errorOf(what, attempt);
    if (error.isPresent()) {
      throw new StoryFailed("the token may not " + what + ": " + error.get().getMessage());
    }
    timeline.line("token", "may " + what);
  }

  private void refused(String what, CompletableFuture<?> attempt) {
    Optional<EntitlementsException> error = errorOf(what, attempt);
    if (error.filter(e -> e.kind() == ErrorKind.PERMISSION_DENIED).isEmpty()) {
      throw new StoryFailed(
          "the token was not refused to "
              + what
              + error.map(e -> ", but failed: " + e.getMessage()).orElse(""));
    }
    timeline.line("token", "may not " + what + ": " + error.get().getMessage());
  }

  private static Optional<EntitlementsException> errorOf(
      String what, CompletableFuture<?> attempt) {
    try {
      attempt.get(10, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EntitlementsException known) {
        return Optional.of(known);
      }
      throw new StoryFailed(
          "the attempt to " + what + " failed in an unknown way: " + e.getCause());
    } catch (TimeoutException e) {
      throw new StoryFailed("the attempt to " + what + " got no answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailed("interrupted");
    }
  }

  /** Completes if the subscription becomes active, fails if it is refused. */
  private CompletableFuture<Void> subscribe(String topic) {
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    momento
        .subscribe(
            topic,
            new SubscriptionListener() {
              @Override
              public void onHeartbeat() {
                outcome.complete(null);
              }

              @Override
              public void onMessage(TopicItem message) {}

              @Override
              public void onDiscontinuity(long newSequencePage) {}

              @Override
              public void onEnd(Optional<EntitlementsException> error) {
                error.ifPresentOrElse(outcome::completeExceptionally, () -> outcome.complete(null));
              }
            })
        .request(1);
    return outcome;
  }

  @Override
  public void close() {
    connection.close();
  }
}
