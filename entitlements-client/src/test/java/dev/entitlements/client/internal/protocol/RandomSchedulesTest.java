package dev.entitlements.client.internal.protocol;

import dev.entitlements.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/** Whatever happens, in whatever order, P1, P2, P4 and P9 hold. */
class RandomSchedulesTest {
  @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED)
  @Tag("P1")
  @Tag("P2")
  @Tag("P4")
  @Tag("P9")
  void neverBreakAPromise(@ForAll long seed, @ForAll("schedules") List<Happening> schedule) {
    World world = new World(seed);
    try {
      world.start();
      schedule.forEach(happening -> happening.in(world));
      world.assertConverges();
      world.assertClosesCleanly();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(e.getMessage() + "\n" + world.log(), e);
    }
  }

  @Provide
  Arbitrary<List<Happening>> schedules() {
    Arbitrary<Happening> pass =
        Arbitraries.integers()
            .between(0, 2_000)
            .map(ms -> happening("pass " + ms + " ms", w -> w.pass(Duration.ofMillis(ms))));
    Arbitrary<Happening> longer =
        Arbitraries.integers()
            .between(1, 700)
            .map(s -> happening("pass " + s + " s", w -> w.pass(Duration.ofSeconds(s))));
    Arbitrary<Happening> streamEnd =
        Arbitraries.of(
                ErrorKind.UNAVAILABLE,
                ErrorKind.UNAUTHENTICATED,
                ErrorKind.INTERNAL,
                ErrorKind.PERMISSION_DENIED,
                ErrorKind.RATE_LIMITED)
            .map(kind -> happening("streams end " + kind, w -> w.endStreams(kind)));
    Arbitrary<Happening> jump =
        Arbitraries.integers()
            .between(-86_400, 86_400)
            .map(
                s ->
                    happening(
                        "wall clock jumps " + s + " s",
                        w -> w.wallClockJumps(Duration.ofSeconds(s))));
    return Arbitraries.frequencyOf(
            Tuple.of(8, pass),
            Tuple.of(2, longer),
            Tuple.of(8, just("publish", w -> w.publish(false))),
            Tuple.of(2, just("publish, lost", w -> w.publish(true))),
            Tuple.of(1, just("old message", World::repeatAnOldMessage)),
            Tuple.of(1, just("nonsense", World::sayNonsense)),
            Tuple.of(1, just("topic reset", World::resetTopic)),
            Tuple.of(1, just("discontinuity", World::discontinuity)),
            Tuple.of(3, streamEnd),
            Tuple.of(1, just("server goes", World::serverGoes)),
            Tuple.of(2, just("server comes", World::serverComes)),
            Tuple.of(1, just("streams go mute", World::goMute)),
            Tuple.of(1, just("item runs out", World::itemRunsOut)),
            Tuple.of(1, just("item is set back", World::itemIsSetBack)),
            Tuple.of(1, just("source fails", World::sourceFails)),
            Tuple.of(2, just("source recovers", World::sourceRecovers)),
            Tuple.of(1, jump))
        .list()
        .ofMaxSize(40);
  }

  private static Arbitrary<Happening> just(String name, Consumer<World> what) {
    return Arbitraries.just(happening(name, what));
  }

  private static Happening happening(String name, Consumer<World> what) {
    return new Happening(name, what);
  }

  record Happening(String name, Consumer<World> what) {
    void in(World world) {
      what.accept(world);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
