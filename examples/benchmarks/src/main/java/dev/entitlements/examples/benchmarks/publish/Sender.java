package dev.entitlements.examples.benchmarks.publish;

import java.util.concurrent.CompletableFuture;

/** Stores and tells one changed document after the other, for the users in turn. */
interface Sender extends AutoCloseable {

  /** Begins with the next user's. Not safe for use by several threads. */
  CompletableFuture<?> next();

  @Override
  void close();
}
