package dev.entitlements.client.internal.protocol;

import org.jspecify.annotations.Nullable;

/** The stream in use and, during a rotation, the one that is to take over. Immutable. */
final class StreamsState {
  final @Nullable Stream main;
  final @Nullable Stream next;
  final StreamHealth health;

  private StreamsState(@Nullable Stream main, @Nullable Stream next, StreamHealth health) {
    this.main = main;
    this.next = next;
    this.health = health;
  }

  static StreamsState none(Settings settings) {
    return new StreamsState(null, null, StreamHealth.untried(settings));
  }

  StreamsState withMain(@Nullable Stream main) {
    return new StreamsState(main, next, health);
  }

  StreamsState withNext(@Nullable Stream next) {
    return new StreamsState(main, next, health);
  }

  StreamsState withHealth(StreamHealth health) {
    return new StreamsState(main, next, health);
  }

  /** The next stream becomes the one in use. */
  StreamsState promoted() {
    return new StreamsState(next, null, health);
  }

  /** The stream of that attempt, or null if it was dropped meanwhile. */
  @Nullable Stream find(long attempt) {
    return isMain(attempt) ? main : isNext(attempt) ? next : null;
  }

  boolean isMain(long attempt) {
    return main != null && main.attempt == attempt;
  }

  boolean isNext(long attempt) {
    return next != null && next.attempt == attempt;
  }

  /** The same with another version of one of its streams. */
  StreamsState with(Stream stream) {
    return isMain(stream.attempt) ? withMain(stream) : withNext(stream);
  }

  boolean isMainActive() {
    return main != null && main.active;
  }

  boolean isNextActive() {
    return next != null && next.active;
  }
}
