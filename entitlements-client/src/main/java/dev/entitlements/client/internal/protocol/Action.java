package dev.entitlements.client.internal.protocol;

import dev.entitlements.EntitlementsException;
import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.momento.CacheReader.Consistency;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something to be done, as a value: two actions of one description are equal. */
public final class Action {
  private final String description;
  private final Consumer<Effects> effect;

  private Action(String description, Consumer<Effects> effect) {
    this.description = description;
    this.effect = effect;
  }

  static Action fetchSession(long attempt) {
    return new Action("fetch session #" + attempt, e -> e.fetchSession(attempt));
  }

  static Action cancelFetch(long attempt) {
    return new Action("cancel fetch #" + attempt, e -> e.cancelFetch(attempt));
  }

  static Action openStream(long attempt, SessionToken session) {
    return new Action("open stream #" + attempt, e -> e.openStream(attempt, session));
  }

  static Action cancelStream(long attempt) {
    return new Action("cancel stream #" + attempt, e -> e.cancelStream(attempt));
  }

  static Action read(long attempt, SessionToken session, Consistency consistency) {
    return new Action(
        "read #" + attempt + " " + consistency, e -> e.read(attempt, session, consistency));
  }

  static Action cancelRead(long attempt) {
    return new Action("cancel read #" + attempt, e -> e.cancelRead(attempt));
  }

  static Action setTimer(TimerKind kind, Duration delay) {
    return new Action("set timer " + kind + " " + delay, e -> e.setTimer(kind, delay));
  }

  static Action cancelTimer(TimerKind kind) {
    return new Action("cancel timer " + kind, e -> e.cancelTimer(kind));
  }

  static Action show(VisibleSnapshot snapshot, Cause cause) {
    return new Action("show " + snapshot + " " + cause, e -> e.show(snapshot, cause));
  }

  static Action report(EntitlementsException error) {
    return new Action("report " + error.kind(), e -> e.report(error));
  }

  public void perform(Effects effects) {
    effect.accept(effects);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Action && ((Action) o).description.equals(description);
  }

  @Override
  public int hashCode() {
    return description.hashCode();
  }

  @Override
  public String toString() {
    return description;
  }
}
