package dev.entitlements.examples.benchmarks.peers;

import dev.entitlements.examples.benchmarks.world.Document;
import java.util.concurrent.CompletableFuture;

/** A backend and its players, connected. */
public interface Pipeline extends AutoCloseable {

  /**
   * Stores a state of the user and tells her player. Does not wait.
   *
   * @param document the state, but for its number
   * @param number more than that of each state of the user before
   * @return fails when that does not succeed
   */
  CompletableFuture<?> publish(String user, Document document, long number);

  @Override
  void close();
}
