package dev.entitlements.server;

import static dev.entitlements.server.Outcomes.failure;
import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.ErrorKind;
import java.util.concurrent.CompletableFuture;
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
                  dev.entitlements.Entitlements.Content.builder("large")
                      .attribute("long", "x".repeat(10_000))
                      .build()));

      assertThat(receipt.delivery()).isEqualTo(PublishReceipt.Delivery.NOTICE);
      assertThat(soon(publisher.publish(receipt.snapshot().content())).outcome())
          .isEqualTo(PublishReceipt.Outcome.UNCHANGED);
    }
  }

  private static EntitlementPublisher publisher(MomentoBackend backend) {
    return EntitlementPublisher.builder(
            backend, u -> CompletableFuture.completedFuture(content(u, "premium")))
        .build();
  }
}
