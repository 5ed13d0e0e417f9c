package dev.entitlements.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;

/** A publisher on a fake Momento, in time that the test moves. */
abstract class PublisherTestBase {
  static final String USER = "u-42";
  static final Duration DEADLINE = Duration.ofSeconds(15);

  final VirtualTime time = new VirtualTime();
  final FakeMomento momento = new FakeMomento(time);
  Entitlements.Content state = content("basic");
  int loads;
  final EntitlementPublisher publisher =
      EntitlementPublisher.builder(momento.backend(), this::load).time(time).build();

  CompletionStage<Entitlements.Content> load(String userId) {
    loads++;
    return CompletableFuture.completedFuture(state);
  }

  static Entitlements.Content content(String... ids) {
    Entitlements.Content.Builder content = Entitlements.Content.builder(USER);
    for (String id : ids) {
      content.entitlement(Entitlement.of(id));
    }
    return content.build();
  }

  /** Long enough for every retry, too short for the deadline. */
  void retriesPass() {
    time.advance(DEADLINE.minusMillis(1));
  }

  @AfterEach
  void noTimerIsLeftBehind() {
    assertThat(time.pending()).isZero();
  }
}
