package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failure;
import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import dev.entitlements.ErrorKind;
import dev.entitlements.local.Fault;
import dev.entitlements.local.Rpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P6")
class PublishOverASocketTest extends LocalMomentoTestBase {
  @Test
  void unknownCacheIsTerminal() {
    try (MomentoBackend nowhere = MomentoBackend.connect(momento.credentials(), "no-such-cache");
        EntitlementPublisher publisher = publisher(nowhere)) {
      assertThat(failure(publisher.refresh("large")).kind()).isEqualTo(ErrorKind.CACHE_NOT_FOUND);
    }
  }

  @Test
  void documentTooLargeForAMessageIsStoredAndAnnounced() {
    try (EntitlementPublisher publisher = publisher(backend)) {
      PublishReceipt receipt =
          soon(
              publisher.publish(
                  Entitlements.Content.builder("large")
                      .attribute("long", "x".repeat(10_000))
                      .build()));

      assertThat(receipt.delivery()).isEqualTo(PublishReceipt.Delivery.NOTICE);
      assertThat(soon(publisher.publish(receipt.snapshot().content())).outcome())
          .isEqualTo(PublishReceipt.Outcome.UNCHANGED);
    }
  }

  @Test
  void largestDocumentIsStoredFoundUnchangedAndReplaced() {
    try (EntitlementPublisher publisher = publisher(backend);
        EntitlementPublisher elsewhere = publisher(backend)) {
      PublishReceipt first = soon(publisher.publish(large("largest", 'x')));
      assertThat(first.bytes()).isGreaterThan(5_242_700);
      assertThat(soon(publisher.publish(large("largest", 'x'))).outcome())
          .isEqualTo(PublishReceipt.Outcome.UNCHANGED);
      assertThat(soon(elsewhere.publish(large("largest", 'y'))).outcome())
          .isEqualTo(PublishReceipt.Outcome.PUBLISHED);
      assertThat(soon(publisher.publish(large("largest", 'z'))).outcome())
          .isEqualTo(PublishReceipt.Outcome.PUBLISHED);
    }
  }

  private static Entitlements.Content large(String userId, char c) {
    Entitlements.Content.Builder content = Entitlements.Content.builder(userId);
    for (int i = 0; i < 5; i++) {
      content.attribute("a" + i, String.valueOf(c).repeat(1_000_000));
    }
    return content.attribute("rest", String.valueOf(c).repeat(242_600)).build();
  }

  @Test
  @Tag("P7")
  void warmPublishIsOneConditionalWriteAndOneNotificationAndUnchangedIsTheWriteAlone() {
    AtomicLong version = new AtomicLong();
    try (EntitlementPublisher publisher =
        EntitlementPublisher.builder(
                backend, u -> CompletableFuture.completedFuture(content(u, "v" + version.get())))
            .build()) {
      soon(publisher.refresh("warm"));
      try (Fault writes = counted(Rpc.SET_IF);
          Fault notifications = counted(Rpc.PUBLISH);
          Fault reads = counted(Rpc.GET)) {
        version.incrementAndGet();
        assertThat(soon(publisher.refresh("warm")).outcome())
            .isEqualTo(PublishReceipt.Outcome.PUBLISHED);
        assertThat(writes.hits()).isEqualTo(1);
        assertThat(notifications.hits()).isEqualTo(1);

        assertThat(soon(publisher.refresh("warm")).outcome())
            .isEqualTo(PublishReceipt.Outcome.UNCHANGED);
        assertThat(writes.hits()).isEqualTo(2);
        assertThat(notifications.hits()).isEqualTo(1);
        assertThat(reads.hits()).isZero();
      }
    }
  }

  private Fault counted(Rpc rpc) {
    return momento.faults().on(rpc).forKey("warm").delay(Duration.ofMillis(1));
  }

  private static EntitlementPublisher publisher(MomentoBackend backend) {
    return EntitlementPublisher.builder(
            backend, u -> CompletableFuture.completedFuture(content(u, "premium")))
        .build();
  }
}
