package dev.entitlements.server.soak;

import dev.entitlements.local.CallFaults;
import dev.entitlements.local.LocalMomento;
import dev.entitlements.local.Rpc;
import dev.entitlements.local.StreamEnd;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Whatever can go wrong between a backend and Momento, one after the other, at random. */
final class PublisherFaults {
  private static final Rpc[] CALLS = {Rpc.GET, Rpc.SET_IF, Rpc.PUBLISH};

  private final LocalMomento momento;
  private final Random random;
  private final Map<String, Integer> injected = new TreeMap<>();

  PublisherFaults(LocalMomento momento, Random random) {
    this.momento = momento;
    this.random = random;
  }

  /** Ends the one before, so that they do not pile up until nothing gets through any more. */
  void next() {
    momento.faults().clear();
    Rpc call = CALLS[random.nextInt(CALLS.length)];
    CallFaults some = momento.faults().on(call).times(1 + random.nextInt(8));
    CallFaults all = momento.faults().on(call).lasting(millis(50, 600));
    switch (random.nextInt(9)) {
      case 0 -> note("refused: UNAVAILABLE", () -> some.refuse(StreamEnd.UNAVAILABLE));
      case 1 -> note("refused: INTERNAL", () -> some.refuse(StreamEnd.INTERNAL));
      case 2 ->
          note("refused: RESOURCE_EXHAUSTED", () -> some.refuse(StreamEnd.RESOURCE_EXHAUSTED));
      case 3 -> note("answers lost: UNAVAILABLE", () -> some.loseAnswers(StreamEnd.UNAVAILABLE));
      case 4 -> note("answers lost: INTERNAL", () -> some.loseAnswers(StreamEnd.INTERNAL));
      case 5 -> note("delayed", () -> all.delay(millis(5, 300)));
      case 6 -> note("hanging", all::hang);
      case 7 ->
          note(
              "stale reads",
              () -> momento.faults().on(Rpc.GET).lasting(millis(50, 600)).serveStale());
      default -> restartOrDrop();
    }
  }

  private void restartOrDrop() {
    if (random.nextInt(3) == 0) {
      note("restart", () -> momento.faults().restart(millis(0, 400), true).join());
    } else {
      note("connections dropped", () -> momento.faults().dropConnections());
    }
  }

  private Duration millis(int from, int to) {
    return Duration.ofMillis(from + random.nextInt(to - from));
  }

  private void note(String kind, Runnable fault) {
    fault.run();
    injected.merge(kind, 1, Integer::sum);
  }

  Map<String, Integer> injected() {
    return injected;
  }

  int count() {
    return injected.values().stream().mapToInt(Integer::intValue).sum();
  }
}
