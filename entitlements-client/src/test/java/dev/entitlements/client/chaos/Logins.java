package dev.entitlements.client.chaos;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How the backend's login call behaves, for each user. */
final class Logins {
  enum Mode {
    WORKING,
    FAILING,
    HANGING
  }

  private final Map<String, Mode> modes = new ConcurrentHashMap<>();

  Mode mode(String userId) {
    return modes.getOrDefault(userId, Mode.WORKING);
  }

  /** Behaves like that for a while. Of two that overlap the later one counts, up to its end. */
  void during(Mode fault, Duration duration, Collection<String> users) {
    users.forEach(userId -> modes.put(userId, fault));
    Pause.of(duration);
    users.forEach(userId -> modes.remove(userId, fault));
  }
}
