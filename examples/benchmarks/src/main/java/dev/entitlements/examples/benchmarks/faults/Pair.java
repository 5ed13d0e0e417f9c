package dev.entitlements.examples.benchmarks.faults;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One repetition: a user of its own, watched by two players that nobody used before. */
record Pair(String user, Player ours, @Nullable Player plain) implements AutoCloseable {

  List<Player> players() {
    return Stream.of(ours, plain).filter(player -> player != null).toList();
  }

  @Override
  public void close() {
    players().forEach(Player::close);
  }
}
