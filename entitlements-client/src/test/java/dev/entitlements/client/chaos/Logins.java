package dev.entitlements.client.chaos;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** How the backend's login call behaves. */
final class Logins {
  enum Mode {
    WORKING,
    FAILING,
    HANGING
  }

  private final AtomicReference<Mode> mode = new AtomicReference<>(Mode.WORKING);

  Mode mode() {
    return mode.get();
  }

  /** Behaves like that for a while. Of two that overlap the later one counts, up to its end. */
  void during(Mode fault, Duration duration) {
    mode.set(fault);
    Pause.of(duration);
    mode.compareAndSet(fault, Mode.WORKING);
  }
}
