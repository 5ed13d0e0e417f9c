package dev.entitlements.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.MomentoBackend;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A publisher's process is killed at a random point. What it leaves behind is whole, and the next
 * refresh by anybody brings cache and watchers to the truth. {@code soak.seed} repeats the points
 * of time.
 */
@Tag("P1")
@Tag("P6")
@Tag("P7")
class CrashTest {
  private static final String CACHE = "entitlements";
  private static final int USERS = 8;
  private static final int THREADS = 4;

  private final long seed = Long.getLong("soak.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void tenTimes() throws Exception {
    run(10);
  }

  @Test
  @Tag("soak")
  void twoHundredTimes() throws Exception {
    run(200);
  }

  private void run(int times) throws Exception {
    System.out.printf(Locale.ROOT, "%d kills, seed %d%n", times, seed);
    int repaired = 0;
    try (LocalMomento momento = LocalMomento.start();
        Truth truth = new Truth();
        Watchers watchers = new Watchers(momento, CACHE, USERS);
        MomentoBackend backend = MomentoBackend.connect(momento.credentials(), CACHE);
        EntitlementPublisher survivor =
            EntitlementPublisher.builder(
                    backend, user -> CompletableFuture.completedFuture(truth.content(user)))
                .build()) {
      for (String userId : watchers.users()) {
        survivor.refresh(userId).get(20, TimeUnit.SECONDS);
      }
      ChildJvm next = start(momento, truth);
      try {
        for (int i = 0; i < times; i++) {
          try (ChildJvm victim = next) {
            next = start(momento, truth);
            victim.say("go");
            victim.await("ready");
            victim.killAfter(random.nextInt(120));
          }
          repaired += repair(survivor, truth, watchers);
          if (i % 20 == 19) {
            System.out.printf(Locale.ROOT, "%4d killed, %d items repaired%n", i + 1, repaired);
          }
        }
      } finally {
        next.close();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "  killed %d times; items that were not the truth and were repaired %d; half-written 0%n",
        times,
        repaired);
    assertThat(repaired).as("kills that struck between a change and its store").isPositive();
  }

  private ChildJvm start(LocalMomento momento, Truth truth) throws Exception {
    return ChildJvm.start(momento, CACHE, truth, THREADS, USERS, random.nextLong());
  }

  /** Answers with how many items were not the truth before. */
  private static int repair(EntitlementPublisher survivor, Truth truth, Watchers watchers)
      throws Exception {
    int repaired = 0;
    for (String userId : watchers.users()) {
      Optional<Entitlements> left = watchers.stored(userId);
      if (!left.map(Entitlements::content).equals(Optional.of(truth.content(userId)))) {
        repaired++;
      }
      survivor.refresh(userId).get(20, TimeUnit.SECONDS);
      Entitlements stored = watchers.stored(userId).orElseThrow();
      assertThat(stored.content()).isEqualTo(truth.content(userId));
      assertThat(stored.revision())
          .isGreaterThanOrEqualTo(left.map(Entitlements::revision).orElse(0L));
      watchers.assertHolds(stored);
    }
    return repaired;
  }
}
