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
  private final Executor logins;
  private final TimeSource time;

  /**
   * Resources for engines.
   *
   * @param worker runs transitions, which are quick and never block
   * @param callbacks runs listeners, which may block
   * @param logins runs session sources, which may block, and must not hold up listeners
   */
  public EngineResources(
      Transport transport,
      Scheduler scheduler,
      Executor worker,
      Executor callbacks,
      Executor logins,
      TimeSource time) {
    this.transport = transport;
    this.scheduler = scheduler;
    this.worker = worker;
    this.callbacks = callbacks;
    this.logins = logins;
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

  Executor logins() {
    return logins;
  }

  TimeSource time() {
    return time;
  }
}
