package dev.entitlements.examples.benchmarks.startup;

import dev.entitlements.SessionToken;

/** Starts players, each with connections of its own. */
interface Starter {

  /**
   * Starts a player with the answer to its login, waits until it is up to date, and ends it.
   *
   * @throws Exception when it is not within 30 s
   */
  void start(SessionToken login) throws Exception;
}
