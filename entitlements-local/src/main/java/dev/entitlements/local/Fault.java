package dev.entitlements.local;

import dev.entitlements.local.internal.fault.RunningFault;

/**
 * A fault that was set by {@link Faults}. It strikes until it has struck as often as it should, its
 * time is over, it is closed, or all are {@linkplain Faults#clear() cleared}. Safe for use by many
 * threads.
 */
public final class Fault implements AutoCloseable {
  private final RunningFault fault;

  Fault(RunningFault fault) {
    this.fault = fault;
  }

  /**
   * The number by which the admin endpoint knows it.
   *
   * @return unique at this server
   */
  public long id() {
    return fault.id();
  }

  /**
   * How often it struck.
   *
   * @return the number of calls, or of deliveries, that it changed; for one that silences, of the
   *     times that something was to be sent and was not
   */
  public long hits() {
    return fault.hits();
  }

  /**
   * Whether it strikes no more.
   *
   * @return true once it has struck as often as it should, its time is over, or it was closed
   */
  public boolean isOver() {
    return fault.isOver();
  }

  /**
   * Ends it. Calls that it holds are carried out and answered now, and what it kept from open
   * subscriptions is delivered. Idempotent.
   */
  @Override
  public void close() {
    fault.end();
  }

  /** What goes wrong, for people. */
  @Override
  public String toString() {
    return "Fault[" + id() + ", hits=" + hits() + ", " + fault.rule() + "]";
  }
}
