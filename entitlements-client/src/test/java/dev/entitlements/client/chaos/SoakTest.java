package dev.entitlements.client.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.client.chaos.ChaosBackend.Way;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many watchers, two publishers, and faults all the time ({@link Chaos} says how they are dealt
 * out), for as long as {@code soak.minutes} says. What must be 0 is asserted; what takes time is
 * printed, with the bounds beside it, since it depends on the machine. The order of the faults
 * follows from {@code soak.seed}, which is printed.
 */
@Tag("soak")
class SoakTest {
  private static final int WATCHERS = 50;
  private static final int RUNTIMES = 3;
  private static final int USERS = 25;
  private static final int PUBLISHERS = 2;
  private static final Duration TOKEN_LIFE = Duration.ofSeconds(6);
  private static final Duration TO_SETTLE = Duration.ofSeconds(60);

  private final Duration length =
      Duration.ofMillis(
          (long) (Double.parseDouble(System.getProperty("soak.minutes", "10")) * 60_000));
  private final long seed = Long.getLong("soak.seed", System.nanoTime());
  private final Recoveries recoveries = new Recoveries();

  @Test
  @Tag("P1")
  @Tag("P2")
  @Tag("P3")
  @Tag("P4")
  @Tag("P9")
  void whateverGoesWrongEverybodyEndsOnTheNewestRevisionAndNobodyClaimsWhatIsNotSo() {
    say("soak: %s, seed %d (-Dsoak.seed=%d repeats the order of faults)", length, seed, seed);
    try (ChaosBackend backend = new ChaosBackend(USERS, TOKEN_LIFE);
        Fleet fleet = new Fleet(backend, WATCHERS, RUNTIMES)) {
      assertThat(fleet.awaitSettled(TO_SETTLE)).as("all live before the first fault").isTrue();
      Census before = Census.take();
      Monitor monitor = new Monitor(fleet);
      try (monitor) {
        goOn(backend, fleet, monitor);
        backend.publishTo(backend.users(), Way.INLINE);
        fleet.awaitSettled(TO_SETTLE);
      }
      report(backend, fleet, monitor, before, Census.take());
    }
  }

  private void goOn(ChaosBackend backend, Fleet fleet, Monitor monitor) {
    Random random = new Random(seed);
    Chaos chaos = new Chaos(backend, fleet, recoveries, random);
    long start = System.nanoTime();
    ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor();
    Publishers publishers = new Publishers(backend, PUBLISHERS, 100, random);
    try (publishers) {
      progress.scheduleAtFixedRate(
          () -> sayProgress(backend, monitor, start), 10, 10, TimeUnit.SECONDS);
      while (System.nanoTime() - start < length.toNanos()) {
        chaos.round();
      }
    } finally {
      progress.shutdownNow();
    }
  }

  private void sayProgress(ChaosBackend backend, Monitor monitor, long start) {
    say(
        "%4d s: %d rounds of faults, %d published, went back %d, live while not current %d ms",
        (System.nanoTime() - start) / 1_000_000_000,
        recoveries.injected(),
        published(backend),
        monitor.wentBack.get(),
        monitor.liveWhileNotCurrentMillis.get());
  }

  private void report(
      ChaosBackend backend, Fleet fleet, Monitor monitor, Census before, Census after) {
    say("%n%s", recoveries.table());
    say(
        "%s   (p50 <= 500, p99 <= 2000 wanted)",
        recoveries.line("after a restart", Fault.restarts()));
    say(
        "%s   (p50 <= 300 wanted)%n",
        recoveries.line("after a single stream error", Fault.streamEnds()));
    say("  watchers %d over %d runtimes, users %d, seed %d", WATCHERS, RUNTIMES, USERS, seed);
    say("  rounds of faults                        %d", recoveries.injected());
    say("  revisions published                     %d", published(backend));
    say("  final states lost           (must be 0) %d", fleet.unsettled().size());
    say("  recoveries that never came  (must be 0) %d", recoveries.never().size());
    say("  revisions gone back         (must be 0) %d", monitor.wentBack.get());
    say("  live while not current, ms  (must be 0) %d", monitor.liveWhileNotCurrentMillis.get());
    say("  complaints of listeners     (must be 0) %d", fleet.complaints().size());
    say("  start: %s", before);
    say("  end:   %s", after);
    monitor.examples().forEach(example -> say("  %s", example));
    assertThat(fleet.unsettled()).as("final states lost").isEmpty();
    assertThat(recoveries.never()).as("recoveries that never came").isEmpty();
    assertThat(monitor.wentBack).as("revisions gone back").hasValue(0);
    assertThat(monitor.liveWhileNotCurrentMillis).as("live while not current").hasValue(0);
    assertThat(monitor.failures).as("failures of the monitor").hasValue(0);
    assertThat(fleet.complaints()).as("complaints of listeners").isEmpty();
    assertThat(after.threads().get("entitlements-watcher")).isEqualTo(RUNTIMES);
    assertThat(after.threads().getOrDefault("entitlements-callback", 0L))
        .isLessThanOrEqualTo(4 * RUNTIMES);
  }

  private static long published(ChaosBackend backend) {
    return backend.ledgers().values().stream().mapToLong(Ledger::count).sum();
  }

  private static void say(String format, Object... args) {
    System.out.println(String.format(Locale.ROOT, format, args));
  }
}
