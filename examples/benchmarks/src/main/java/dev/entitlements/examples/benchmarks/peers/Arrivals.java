package dev.entitlements.examples.benchmarks.peers;

/** Is told which states players come to hold. */
@FunctionalInterface
public interface Arrivals {

  /** The user's player holds that state now. May be called by many threads at a time. */
  void arrived(String user, long number);
}
