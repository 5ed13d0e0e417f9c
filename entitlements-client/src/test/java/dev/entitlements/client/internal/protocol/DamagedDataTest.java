package dev.entitlements.client.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.client.WatcherStatus.Reason;
import dev.entitlements.client.WatcherStatus.State;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.internal.TopicMessage;
import dev.entitlements.testkit.Mutator;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Damaged messages and items on a watcher that is live: the copy changes only to a valid snapshot
 * of that user with a higher revision, and what is refused is not passed over in silence.
 */
@Tag("P2")
@Tag("P4")
@Tag("P5")
class DamagedDataTest {
  private static final long HELD = 1_764_000_000_100L;
  private static final int MESSAGES = 4;

  private Machine machine = new Machine();
  private Entitlements before = Machine.snapshot(HELD);

  @BeforeTry
  void anew() {
    machine = new Machine();
    before = Machine.snapshot(HELD);
  }

  @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void inMessagesNeverChangesTheCopyWrongly(@ForAll long seed) {
    Random random = new Random(seed);
    machine.live(HELD);
    for (int number = 1; number <= MESSAGES; number++) {
      message(damaged(random, random.nextBoolean()), number);
    }
  }

  @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void inItemsNeverChangesTheCopyWrongly(@ForAll long seed) {
    Random random = new Random(seed);
    machine.live(HELD).on(Event.discontinuity(machine.stream()));
    item(damaged(random, false));
  }

  private void message(byte[] bytes, long number) {
    try {
      TopicMessage message = EntitlementsCodec.decodeMessage(Machine.USER, bytes);
      machine.on(Event.message(machine.stream(), message, number, 1));
      assertRightAfter(message.snapshot());
      if (message.revision() > machine.revision()) {
        assertThat(machine.status()).isEqualTo(State.STALE);
        assertThat(machine.reads).hasSize(1);
      }
    } catch (EntitlementsException e) {
      machine.on(Event.badMessage(machine.stream(), e, number, 1));
      assertRightAfter(Optional.empty());
      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(Reason.BAD_DATA);
      assertThat(machine.reads).hasSize(1);
    }
  }

  private void item(byte[] bytes) {
    try {
      Entitlements item = EntitlementsCodec.decodeItem(Machine.USER, bytes);
      machine.readDone(Optional.of(item));
      assertRightAfter(Optional.of(item));
      assertThat(machine.status()).isEqualTo(item.revision() < HELD ? State.STALE : State.LIVE);
    } catch (EntitlementsException e) {
      long attempt = machine.read();
      machine.reads.clear();
      machine.on(Event.readFailed(attempt, e));
      assertRightAfter(Optional.empty());
      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(Reason.BAD_DATA);
      assertThat(machine.timers.get(TimerKind.READ)).isGreaterThan(Duration.ofSeconds(9));
    }
  }

  private void assertRightAfter(Optional<Entitlements> offered) {
    Entitlements after = machine.state.snapshot().orElseThrow().latest();
    Entitlements expected =
        offered.filter(snapshot -> snapshot.revision() > before.revision()).orElse(before);
    assertThat(after).isEqualTo(expected);
    assertThat(after.userId()).isEqualTo(Machine.USER);
    assertThat(Entitlements.fromJson(after.toJson())).isEqualTo(after);
    before = after;
  }

  private static byte[] damaged(Random random, boolean asNotice) {
    long revision = HELD - 2 + random.nextInt(5);
    String good =
        asNotice
            ? EntitlementsCodec.encodeNotice(Machine.USER, revision)
            : Machine.snapshot(revision).toJson();
    return new Mutator(random.nextLong()).mutate(good);
  }
}
