package dev.entitlements.examples.benchmarks.faults;

import java.util.List;

/** One repetition: a user of its own, watched by two players that nobody used before. */
record Pair(String user, Player ours, Player plain) implements AutoCloseable {

  List<Player> players() {
    return List.of(ours, plain);
  }

  @Override
  public void close() {
    players().forEach(Player::close);
  }
}
