package dev.entitlements.examples.benchmarks.footprint;

import dev.entitlements.SessionToken;

/** Players of many users in one process. */
interface Viewers {

  /** One more, who has logged in. May return before she is up to date. */
  void add(SessionToken session) throws InterruptedException;

  /** Waits until all are. */
  void awaitLive() throws InterruptedException;
}
