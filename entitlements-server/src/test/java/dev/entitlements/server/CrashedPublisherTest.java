package dev.entitlements.server;

import static dev.entitlements.server.FakeMomento.Behaviour.hangs;
import static dev.entitlements.server.Outcomes.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.server.FakeMomento.Op;
import dev.entitlements.server.PublishReceipt.Delivery;
import dev.entitlements.server.PublishReceipt.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A publisher's process died after it stored, and perhaps before it told. */
@Tag("P1")
class CrashedPublisherTest extends PublisherTestBase {
  @Test
  void whatADeadProcessStoredIsToldByTheFirstWhoFindsItUnchangedAndByNobodyElse() {
    momento.script(Op.PUBLISH, hangs());
    crashing().refresh(USER);
    time.advance(DEADLINE);
    assertThat(momento.messages).isEmpty();

    PublishReceipt first = now(publisher.refresh(USER));
    PublishReceipt second = now(elsewhere().refresh(USER));
    PublishReceipt third = now(publisher.refresh(USER));

    assertThat(first.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(first.delivery()).isEqualTo(Delivery.INLINE);
    assertThat(momento.messages).containsExactly(first.snapshot().toJson());
    assertThat(second.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(second.delivery()).isEqualTo(Delivery.NONE);
    assertThat(third.delivery()).isEqualTo(Delivery.NONE);
  }

  @Test
  void whatThisProcessStoredAndToldItDoesNotTellAgain() {
    now(publisher.refresh(USER));

    assertThat(now(publisher.refresh(USER)).delivery()).isEqualTo(Delivery.NONE);
    assertThat(momento.messages).hasSize(1);
  }

  @Test
  void onceTheWatchersHaveReadByThemselvesNobodyIsWoken() {
    momento.script(Op.PUBLISH, hangs());
    crashing().refresh(USER);
    time.advance(Duration.ofMinutes(10).plusMillis(1));

    PublishReceipt receipt = now(publisher.refresh(USER));

    assertThat(receipt.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(receipt.delivery()).isEqualTo(Delivery.NONE);
    assertThat(momento.messages).isEmpty();
  }

  @Test
  void whoFindsItDiesToo() {
    momento.script(Op.PUBLISH, hangs(), hangs());
    crashing().refresh(USER);
    crashing().refresh(USER);
    time.advance(DEADLINE);

    assertThat(now(publisher.refresh(USER)).delivery()).isEqualTo(Delivery.INLINE);
  }

  /** Whoever looks at it from now on cannot tell its hanging call from a dead process's. */
  private EntitlementPublisher crashing() {
    return elsewhere();
  }

  private EntitlementPublisher elsewhere() {
    return EntitlementPublisher.builder(momento.backend(), this::load).time(time).build();
  }
}
