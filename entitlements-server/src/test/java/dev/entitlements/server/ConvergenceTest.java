package dev.entitlements.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.momento.CacheReader;
import dev.entitlements.momento.CacheWriter;
import dev.entitlements.momento.TopicPublisher;
import dev.entitlements.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/**
 * Several publishers, a state that changes, and a service that is slow, stale, and loses requests
 * and answers, all at random: whatever the schedule, nothing may be lost.
 */
@Tag("P7")
class ConvergenceTest {
  private static final String USER = "u-42";

  private final List<Entitlements> history = new ArrayList<>();
  private final List<Long> told = new ArrayList<>();
  private int state;

  @Property(tries = 400)
  void cacheEndsOnTheNewestStateAndRevisionsOnlyRise(@ForAll long seed) {
    history.clear();
    told.clear();
    state = 0;
    VirtualTime time = new VirtualTime(seed);
    Random random = new Random(seed);
    RandomMomento momento = new RandomMomento(time, random);
    List<EntitlementPublisher> processes = processes(momento, time, random);

    List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      state++;
      receipts.add(processes.get(random.nextInt(3)).refresh(USER));
      time.advance(Duration.ofMillis(random.nextInt(400)));
    }
    momento.isFaulty = false;
    time.advance(Duration.ofMinutes(2));
    CompletableFuture<PublishReceipt> last = processes.get(0).refresh(USER);
    time.advance(Duration.ofMinutes(2));

    assertThat(stateOf(last.join().snapshot())).isEqualTo(state);
    assertThat(stateOf(history.get(history.size() - 1))).isEqualTo(state);
    for (int i = 1; i < history.size(); i++) {
      assertThat(history.get(i).revision()).isGreaterThan(history.get(i - 1).revision());
      assertThat(stateOf(history.get(i))).isGreaterThanOrEqualTo(stateOf(history.get(i - 1)));
    }
    receipts.stream().filter(r -> !r.isCompletedExceptionally()).forEach(this::assertKept);
    // P6: after a call that succeeded, players have been told of what is stored.
    assertThat(told).contains(history.get(history.size() - 1).revision());
    assertThat(time.pending()).isZero();
  }

  /**
   * No final refresh mends anything here: each change was followed by one, and that is enough. The
   * state comes back to what it was before, so that a publisher may find it unchanged while another
   * one is about to store what it was in between.
   */
  @Property(tries = 400)
  void refreshAfterEachChangeIsEnoughThoughTheStateComesBackToWhatItWas(@ForAll long seed) {
    history.clear();
    told.clear();
    state = 0;
    VirtualTime time = new VirtualTime(seed);
    Random random = new Random(seed);
    RandomMomento momento = new RandomMomento(time, random);
    momento.isFaulty = false;
    List<EntitlementPublisher> processes = processes(momento, time, random);

    for (int round = 0; round < 10; round++) {
      if (random.nextInt(4) == 0) {
        momento.evict();
      }
      List<CompletableFuture<PublishReceipt>> receipts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        state = random.nextInt(2);
        receipts.add(processes.get(random.nextInt(3)).refresh(USER));
        time.advance(Duration.ofMillis(random.nextInt(200)));
      }
      time.advance(Duration.ofSeconds(10));

      assertThat(receipts).allMatch(receipt -> receipt.isDone());
      assertThat(receipts).noneMatch(receipt -> receipt.isCompletedExceptionally());
      assertThat(momento.stored()).map(ConvergenceTest::stateOf).contains((long) state);
      long last = momento.stored().orElseThrow().revision();
      assertThat(told).isNotEmpty().allMatch(revision -> revision <= last).contains(last);
    }
  }

  private List<EntitlementPublisher> processes(
      RandomMomento momento, VirtualTime time, Random random) {
    List<EntitlementPublisher> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          EntitlementPublisher.builder(momento.backend(), userId -> slowly(time, random))
              .time(time)
              .build());
    }
    return processes;
  }

  private void assertKept(CompletableFuture<PublishReceipt> receipt) {
    PublishReceipt kept = receipt.join();
    assertThat(history).contains(kept.snapshot());
    if (kept.outcome() == PublishReceipt.Outcome.PUBLISHED) {
      assertThat(told).contains(kept.revision());
    }
  }

  private CompletableFuture<Entitlements.Content> slowly(VirtualTime time, Random random) {
    int seen = state;
    CompletableFuture<Entitlements.Content> content = new CompletableFuture<>();
    time.schedule(
        Duration.ofMillis(random.nextInt(300)),
        () ->
            content.complete(
                Entitlements.Content.of(
                    USER, Entitlement.builder("premium").limit("state", seen).build())));
    return content;
  }

  private static long stateOf(Entitlements snapshot) {
    return snapshot.entitlement("premium").orElseThrow().limit("state").orElseThrow();
  }

  /** Requests arrive late or never, and so do answers; whoever asks gives up after a while. */
  private final class RandomMomento implements CacheReader, CacheWriter, TopicPublisher {
    private final VirtualTime time;
    private final Random random;
    private Optional<byte[]> item = Optional.empty();
    private Optional<byte[]> before = Optional.empty();
    private boolean isFaulty = true;

    RandomMomento(VirtualTime time, Random random) {
      this.time = time;
      this.random = random;
    }

    MomentoBackend backend() {
      return new MomentoBackend(
          new MomentoBackend.Roles(
              this,
              this,
              this,
              (key, tokenId, validFor) -> {
                throw new AssertionError("nobody mints here");
              }),
          FakeMomento.ENDPOINT,
          "entitlements",
          "",
          () -> {});
    }

    /** As Momento may at any time. */
    void evict() {
      item = Optional.empty();
    }

    Optional<Entitlements> stored() {
      return item.map(bytes -> Entitlements.fromJson(new String(bytes, StandardCharsets.UTF_8)));
    }

    @Override
    public CompletableFuture<Optional<byte[]>> get(String key, Consistency consistency) {
      return call(
          () ->
              consistency == Consistency.EVENTUAL && isFaulty && random.nextInt(3) == 0
                  ? before
                  : item);
    }

    @Override
    public CompletableFuture<Boolean> replace(
        String key, byte[] expected, byte[] value, Duration ttl) {
      return call(
          () -> {
            if (!Arrays.equals(item.orElse(null), expected)) {
              return false;
            }
            before = item;
            item = Optional.of(value);
            Entitlements snapshot = stored().orElseThrow();
            if (history.isEmpty() || !history.get(history.size() - 1).equals(snapshot)) {
              history.add(snapshot);
            }
            return true;
          });
    }

    @Override
    public CompletableFuture<Void> publish(String topic, String message) {
      return call(
          () -> {
            told.add(Entitlements.fromJson(message).revision());
            return null;
          });
    }

    private <T> CompletableFuture<T> call(Supplier<T> effect) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      int fate = isFaulty ? random.nextInt(10) : 9;
      if (fate == 0) {
        answer.completeExceptionally(new EntitlementsException(ErrorKind.UNAVAILABLE, "refused"));
        return answer;
      }
      if (fate != 1) {
        // Some arrive after the caller has given up, and take effect all the same.
        Duration arrival = Duration.ofMillis(random.nextInt(fate == 2 ? 3000 : 100));
        time.schedule(
            arrival,
            () -> {
              T value = effect.get();
              if (fate != 3) {
                time.schedule(Duration.ofMillis(random.nextInt(100)), () -> answer.complete(value));
              }
            });
      }
      time.schedule(
          Duration.ofSeconds(1),
          () ->
              answer.completeExceptionally(
                  new EntitlementsException(ErrorKind.TIMEOUT, "no answer")));
      return answer;
    }
  }
}
