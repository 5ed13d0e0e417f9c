package dev.entitlements.examples.benchmarks.peers;

import dev.entitlements.examples.benchmarks.world.World;
import java.util.List;

/** One way in which a backend keeps players up to date: ours, or another that we stand beside. */
public interface Peer {

  /** As in the JSON. */
  String name();

  /**
   * Connects a backend and, for each user, a player of its own.
   *
   * @param arrivals is told, on any thread, of each state that a player comes to hold
   * @return once all players are subscribed
   * @throws Exception when that does not succeed
   */
  Pipeline open(World world, List<String> users, Arrivals arrivals) throws Exception;
}
