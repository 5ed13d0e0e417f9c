package dev.entitlements.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import dev.entitlements.local.LocalMomento;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Several processes publish for the same users, whose state changes all the time, while the service
 * fails in every way. For how long, {@code soak.minutes} says; {@code soak.seed} repeats the order
 * of faults and users.
 */
@Tag("P1")
@Tag("P6")
@Tag("P7")
class ManyProcessesTest {
  private static final String CACHE = "entitlements";

  private final long seed = Long.getLong("soak.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void twoProcessesForAFewSeconds() throws Exception {
    run(2, 4, 20, Duration.ofSeconds(4));
  }

  @Test
  @Tag("soak")
  void fourProcessesForAsLongAsTheSoakLasts() throws Exception {
    double minutes = Double.parseDouble(System.getProperty("soak.minutes", "1"));
    run(4, 8, 50, Duration.ofMillis((long) (minutes * 60_000)));
  }

  private void run(int processes, int threads, int users, Duration length) throws Exception {
    say(
        "%d processes of %d threads, %d users, %s, seed %d",
        processes, threads, users, length, seed);
    try (LocalMomento momento = LocalMomento.start();
        Truth truth = new Truth();
        Watchers watchers = new Watchers(momento, CACHE, users)) {
      List<ChildJvm> children = new ArrayList<>();
      try {
        for (int i = 0; i < processes; i++) {
          children.add(ChildJvm.start(momento, CACHE, truth, threads, users, seed + 1000L * i));
        }
        for (ChildJvm child : children) {
          child.say("go");
        }
        for (ChildJvm child : children) {
          child.await("ready");
        }
        PublisherFaults faults = new PublisherFaults(momento, random);
        goOn(faults, truth, length);
        momento.faults().clear();
        children.forEach(child -> child.say("stop"));
        report(children, faults, truth, watchers);
      } finally {
        children.forEach(ChildJvm::close);
      }
    }
  }

  private void goOn(PublisherFaults faults, Truth truth, Duration length) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    long start = System.nanoTime();
    long nextNews = 10;
    while (System.nanoTime() - start < length.toNanos()) {
      faults.next();
      assertThat(never.await(random.nextInt(400), TimeUnit.MILLISECONDS)).isFalse();
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      if (seconds >= nextNews) {
        nextNews = seconds + 10;
        say("%4d s: %d faults, %d changes", seconds, faults.count(), truth.changes());
      }
    }
  }

  private void report(
      List<ChildJvm> children, PublisherFaults faults, Truth truth, Watchers watchers)
      throws Exception {
    Tally tally = new Tally();
    for (ChildJvm child : children) {
      child.awaitEnd().forEach(tally::read);
    }
    List<String> wrong = new ArrayList<>();
    for (String userId : watchers.users()) {
      if (tally.highest.containsKey(userId)) {
        check(watchers.stored(userId).orElseThrow(), truth, tally, wrong);
      }
    }
    say("  faults                                    %s", faults.injected());
    say("  changes of the truth                      %d", truth.changes());
    say(
        "  calls, of which failed, found unchanged   %s",
        List.of(tally.calls, tally.failures, tally.unchanged));
    say("  revisions published                       %d", tally.published.size());
    say("  revisions of two contents     (must be 0) %d", tally.ambiguous.size());
    say("  items lost or outdated        (must be 0) %d", wrong.size());
    wrong.forEach(item -> say("  %s", item));
    assertThat(truth.changes()).as("changes of the truth").isGreaterThan(children.size() * 10L);
    assertThat(tally.ambiguous).as("revisions of two contents").isEmpty();
    assertThat(wrong).as("items lost or outdated").isEmpty();
    assertThat(tally.highest).as("users published for").isNotEmpty();
    for (String userId : tally.highest.keySet()) {
      watchers.assertHolds(watchers.stored(userId).orElseThrow());
    }
    say(
        "  watchers that agree                       %d of %d",
        tally.highest.size(), tally.highest.size());
  }

  private static void check(Entitlements stored, Truth truth, Tally tally, List<String> wrong) {
    long highest = tally.highest.get(stored.userId());
    if (stored.revision() != highest || !stored.content().equals(truth.content(stored.userId()))) {
      wrong.add(
          stored
              + " is stored; handed out was "
              + highest
              + ", the truth is "
              + truth.content(stored.userId()));
    }
  }

  private static void say(String format, Object... args) {
    System.out.println(String.format(Locale.ROOT, format, args));
  }

  /** What the processes reported. */
  private static final class Tally {
    final Map<String, Long> highest = new HashMap<>();
    final Map<String, String> published = new HashMap<>();
    final List<String> ambiguous = new ArrayList<>();
    long calls;
    long failures;
    long unchanged;

    void read(String line) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "highest" -> highest.merge(words[1], Long.valueOf(words[2]), Math::max);
        case "published" -> {
          String before = published.put(words[1] + " r" + words[2], words[3]);
          if (before != null && !before.equals(words[3])) {
            ambiguous.add(line);
          }
        }
        case "calls" -> {
          calls += Long.parseLong(words[1]);
          failures += Long.parseLong(words[2]);
          unchanged += Long.parseLong(words[3]);
        }
        case "ready", "failed" -> {}
        default -> throw new AssertionError("a process said: " + line);
      }
    }
  }
}
