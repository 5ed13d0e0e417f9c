package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failure;
import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.Subscription;
import dev.entitlements.momento.SubscriptionListener;
import dev.entitlements.momento.TopicItem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P8")
class TokenScopeTest extends LocalMomentoTestBase {
  private final EntitlementPublisher publisher =
      EntitlementPublisher.builder(
              backend, userId -> CompletableFuture.completedFuture(content(userId, "premium")))
          .build();
  private final TokenIssuer issuer = TokenIssuer.builder(backend).build();
  private SessionToken session;
  private GrpcMomento player;

  @BeforeEach
  void open() {
    soon(publisher.refresh("v"));
    session = soon(EntitlementSessions.of(publisher, issuer).open("u"));
    player = as(session);
  }

  @AfterEach
  void close() {
    publisher.close();
    issuer.close();
  }

  @Test
  void readsItsOwnItemAndNoOther() {
    byte[] item = soon(player.get("u", Consistency.EVENTUAL)).orElseThrow();

    assertThat(Optional.of(EntitlementsCodec.decodeItem("u", item))).isEqualTo(session.snapshot());
    assertThat(failure(player.get("v", Consistency.EVENTUAL)).kind())
        .isEqualTo(ErrorKind.PERMISSION_DENIED);
    assertThat(failure(player.get("u2", Consistency.EVENTUAL)).kind())
        .isEqualTo(ErrorKind.PERMISSION_DENIED);
  }

  @Test
  void writesPublishesAndMintsNothing() {
    assertThat(failure(player.replace("u", null, new byte[] {1}, Duration.ofMinutes(1))).kind())
        .isEqualTo(ErrorKind.PERMISSION_DENIED);
    assertThat(failure(player.publish("u", "not from me")).kind())
        .isEqualTo(ErrorKind.PERMISSION_DENIED);
    assertThat(failure(player.mint("u", "u", Duration.ofMinutes(1))).kind().isTransient())
        .isFalse();
  }

  @Test
  void hearsItsOwnTopicAndNoOther() throws InterruptedException {
    Heard own = new Heard();
    Subscription subscription = player.subscribe("u", own);
    subscription.request(100);
    assertThat(own.next()).isEqualTo("heartbeat");

    PublishReceipt receipt = soon(publisher.publish(content("u", "premium", "sports")));
    String next = own.next();
    while (next.equals("heartbeat")) {
      next = own.next();
    }
    assertThat(Entitlements.fromJson(next)).isEqualTo(receipt.snapshot());
    subscription.cancel();

    Heard other = new Heard();
    player.subscribe("v", other).request(100);
    assertThat(other.next()).isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void endsWithItsLifetime() {
    try (TokenIssuer brief = TokenIssuer.builder(backend).lifetime(Duration.ofSeconds(1)).build()) {
      GrpcMomento shortLived = as(soon(brief.issue("u")));
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .until(
              () ->
                  shortLived
                      .get("u", Consistency.EVENTUAL)
                      .handle((item, error) -> error)
                      .thenApply(
                          error ->
                              error instanceof EntitlementsException e
                                  && e.kind() == ErrorKind.UNAUTHENTICATED)
                      .join());
    }
  }

  private static final class Heard implements SubscriptionListener {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      String event = events.poll(10, TimeUnit.SECONDS);
      assertThat(event).as("an event").isNotNull();
      return event;
    }

    @Override
    public void onHeartbeat() {
      events.add("heartbeat");
    }

    @Override
    public void onMessage(TopicItem message) {
      events.add(new String(message.value(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void onDiscontinuity(long newSequencePage) {
      events.add("discontinuity");
    }

    @Override
    public void onEnd(Optional<EntitlementsException> error) {
      events.add(error.map(e -> e.kind().name()).orElse("end"));
    }
  }
}
