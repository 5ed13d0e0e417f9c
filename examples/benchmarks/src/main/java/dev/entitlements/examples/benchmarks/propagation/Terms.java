package dev.entitlements.examples.benchmarks.propagation;

import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How it is measured on one network, and what is to be reached there.
 *
 * @param ofPlain the most that our p50 may be of plain's
 * @param ofFloor the most that our p50 may be of floor's
 * @param interval at which states are due
 * @param warmUpInterval the same before those that count: a process that has just begun runs code
 *     that the compiler has not seen, which says nothing of a backend that runs for days
 * @param warmUp states in each round before those that count
 * @param states in each round of each document and peer that counts
 */
record Terms(
    double ofPlain,
    double ofFloor,
    int players,
    Duration interval,
    Duration warmUpInterval,
    int warmUp,
    int warmUpRounds,
    int states,
    int rounds) {

  static Terms onLoopback(Run run) {
    return new Terms(
        0.75,
        1.5,
        run.either(2, 16),
        Duration.ofMillis(10),
        Duration.ofMillis(run.either(4, 2)),
        run.either(40, 1_250),
        run.either(1, 2),
        run.either(20, 150),
        run.either(1, 4));
  }

  /**
   * A user's turn comes when the state before it has had three round trips and a half, at least.
   */
  static Terms atDistance(Run run) {
    return new Terms(
        0.70,
        1.05,
        run.either(5, 16),
        Duration.ofMillis(run.either(30, 20)),
        Duration.ofMillis(run.either(30, 20)),
        run.either(2, 25),
        run.either(1, 2),
        run.either(5, 125),
        run.either(1, 3));
  }

  @Nullable Target targetBeside(String peer) {
    return switch (peer) {
      case "plain" -> Target.atMostOfPeer(ofPlain);
      case "floor" -> Target.atMostOfPeer(ofFloor);
      default -> null;
    };
  }
}
