package dev.entitlements.local.internal.fault;

import dev.entitlements.local.StreamEnd;
import java.time.Duration;
import java.util.OptionalInt;

/** Reads and does what JSON asks to happen. */
public final class HappeningJson {
  private final Happenings happenings;

  public HappeningJson(Happenings happenings) {
    this.happenings = happenings;
  }

  /**
   * Something that was read, and is yet to be done.
   *
   * @param cutsConnections whether it does away with the connection that asked for it
   */
  public record Step(boolean cutsConnections, Action action) {}

  /** Does it; says how many it struck, where that is known. */
  @FunctionalInterface
  public interface Action {
    OptionalInt run();
  }

  /**
   * Reads it.
   *
   * @param name of what is to happen
   * @throws IllegalArgumentException when it makes no sense, saying why
   */
  public Step read(String name, JsonFields fields) {
    Step step =
        switch (name) {
          case "end-streams" -> endStreams(fields);
          case "drop-connections" ->
              new Step(true, () -> OptionalInt.of(happenings.dropConnections()));
          case "expire-tokens" -> step(happenings::expireTokens);
          case "reset-topic" -> {
            String cache = fields.required("cache");
            String topic = fields.required("key");
            yield step(() -> happenings.resetTopic(cache, topic));
          }
          case "discontinuity" -> discontinuity(fields);
          case "restart" -> restart(fields);
          default ->
              throw new IllegalArgumentException(
                  "There is no fault " + name + ": see the documentation of LocalMomento");
        };
    fields.rejectOthers();
    return step;
  }

  private Step endStreams(JsonFields fields) {
    String cache = fields.text("cache");
    String topic = fields.text("key");
    StreamEnd status = fields.name("status", StreamEnd.class);
    if ((cache == null) != (topic == null)) {
      throw new IllegalArgumentException("Send both cache and key, or neither for all streams");
    }
    return new Step(false, () -> OptionalInt.of(happenings.endStreams(cache, topic, status)));
  }

  private Step discontinuity(JsonFields fields) {
    String cache = fields.required("cache");
    String topic = fields.required("key");
    Long missed = fields.number("missed");
    int count = missed == null ? 0 : Math.toIntExact(missed);
    if (count < 0) {
      throw new IllegalArgumentException("The field missed must not be negative");
    }
    return step(() -> happenings.announceDiscontinuity(cache, topic, count));
  }

  private Step restart(JsonFields fields) {
    Duration given = fields.millis("down_ms");
    Duration down = given == null ? Duration.ZERO : given;
    boolean keepItems = fields.flag("keep_items", true);
    if (down.isNegative()) {
      throw new IllegalArgumentException("The field down_ms must not be negative");
    }
    return new Step(
        true,
        () -> {
          var unused = happenings.restart(down, keepItems);
          return OptionalInt.empty();
        });
  }

  private static Step step(Runnable action) {
    return new Step(
        false,
        () -> {
          action.run();
          return OptionalInt.empty();
        });
  }
}
