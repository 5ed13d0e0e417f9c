package dev.entitlements.client.internal.protocol;

import dev.entitlements.EntitlementsException;
import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.momento.CacheReader.Consistency;
import java.time.Duration;

/** What the protocol can have done. Each attempt answers with an event that carries its number. */
public interface Effects {
  void fetchSession(long attempt);

  /** Nobody waits for it any more. */
  void cancelFetch(long attempt);

  void openStream(long attempt, SessionToken session);

  void cancelStream(long attempt);

  void read(long attempt, SessionToken session, Consistency consistency);

  void cancelRead(long attempt);

  /** Replaces the timer of that kind, if there is one. */
  void setTimer(TimerKind kind, Duration delay);

  void cancelTimer(TimerKind kind);

  /** Makes a snapshot the visible one. */
  void show(VisibleSnapshot snapshot, Cause cause);

  /** Tells the host's log of something that the status alone may not keep. */
  void report(EntitlementsException error);
}
