package dev.entitlements.client.internal.engine;

import dev.entitlements.internal.Scheduler;
import dev.entitlements.internal.TimeSource;
import java.util.concurrent.Executor;

/** What an engine runs on. It may be shared by many, and belongs to none of them. Immutable. */
public final class EngineResources {
  private final Transport transport;
  private final Scheduler scheduler;
  private final Executor worker;
  private final Executor callbacks;
  private final TimeSource time;

  /**
   * Resources for engines.
   *
   * @param worker runs transitions, which are quick and never block
   * @param callbacks runs host code, which may block
   */
  public EngineResources(
      Transport transport,
      Scheduler scheduler,
      Executor worker,
      Executor callbacks,
      TimeSource time) {
    this.transport = transport;
    this.scheduler = scheduler;
    this.worker = worker;
    this.callbacks = callbacks;
    this.time = time;
  }

  Transport transport() {
    return transport;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Executor worker() {
    return worker;
  }

  public Executor callbacks() {
    return callbacks;
  }

  TimeSource time() {
    return time;
  }
}
