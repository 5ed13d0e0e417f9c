package dev.entitlements.client.internal.protocol;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.SessionToken;
import dev.entitlements.client.WatcherStatus.Reason;
import dev.entitlements.internal.TopicMessage;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something that happened, as a value that knows the rule for it. Its text makes a schedule
 * readable.
 */
public final class Event {
  private final String description;
  private final Consumer<Draft> rule;

  private Event(String description, Consumer<Draft> rule) {
    this.description = description;
    this.rule = rule;
  }

  public static Event start() {
    return new Event("start", LifeRules::start);
  }

  public static Event close() {
    return new Event("close", d -> LifeRules.stop(d, Reason.CLOSED, null));
  }

  /** The source is being called, which may come after a wait for a thread. */
  public static Event sessionAsked(long attempt) {
    return new Event("session #" + attempt + " asked for", d -> SessionRules.asked(d, attempt));
  }

  public static Event sessionFetched(long attempt, SessionToken session) {
    return new Event(
        "session #" + attempt + " fetched", d -> SessionRules.fetched(d, attempt, session));
  }

  public static Event sessionFailed(long attempt, EntitlementsException error) {
    return new Event(
        "session #" + attempt + " failed " + error.kind(),
        d -> SessionRules.failed(d, attempt, error));
  }

  public static Event streamActive(long attempt) {
    return new Event("stream #" + attempt + " active", d -> StreamRules.active(d, attempt));
  }

  /** A heartbeat that is not the first. All of a stream are equal, and can be one object. */
  public static Event heartbeat(long attempt) {
    return new Event("stream #" + attempt + " heartbeat", d -> PulseRules.heartbeat(d, attempt));
  }

  public static Event message(
      long attempt, TopicMessage message, long sequenceNumber, long sequencePage) {
    return new Event(
        "stream #"
            + attempt
            + " message r"
            + message.revision()
            + (message.snapshot().isPresent() ? "" : " notice"),
        d -> MessageRules.message(d, attempt, message, sequenceNumber, sequencePage));
  }

  public static Event badMessage(
      long attempt, EntitlementsException error, long sequenceNumber, long sequencePage) {
    return new Event(
        "stream #" + attempt + " bad message " + error.kind(),
        d -> MessageRules.badMessage(d, attempt, error, sequenceNumber, sequencePage));
  }

  public static Event discontinuity(long attempt) {
    return new Event(
        "stream #" + attempt + " discontinuity", d -> MessageRules.discontinuity(d, attempt));
  }

  public static Event streamEnded(long attempt, Optional<EntitlementsException> error) {
    return new Event(
        "stream #" + attempt + " ended " + error.map(e -> e.kind().name()).orElse("normally"),
        d -> StreamRules.ended(d, attempt, error.orElse(null)));
  }

  public static Event readDone(long attempt, Optional<Entitlements> item) {
    return new Event(
        "read #" + attempt + item.map(i -> " hit r" + i.revision()).orElse(" miss"),
        d -> ReadRules.done(d, attempt, item.orElse(null)));
  }

  public static Event readFailed(long attempt, EntitlementsException error) {
    return new Event(
        "read #" + attempt + " failed " + error.kind(), d -> ReadRules.failed(d, attempt, error));
  }

  public static Event timer(TimerKind kind) {
    return new Event("timer " + kind, d -> LifeRules.timer(d, kind));
  }

  void applyTo(Draft draft) {
    rule.accept(draft);
  }

  @Override
  public String toString() {
    return description;
  }
}
