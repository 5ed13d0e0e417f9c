package dev.entitlements.client.internal.protocol;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.time.Duration;

/**
 * A stream on which heartbeats came regularly, and that then falls silent for several times as long
 * as it ever did, is dead, whatever the transport believes. The timer is not set anew at each sign
 * of life: it looks, when it fires, how long the silence has lasted.
 */
final class PulseRules {
  private PulseRules() {}

  static void heartbeat(Draft d, long attempt) {
    Stream stream = d.streams.find(attempt);
    if (stream != null && stream.pulse != null) {
      heard(d, stream, stream.pulse.heartbeat(d.moment));
    }
  }

  static void message(Draft d, Stream stream) {
    if (stream.pulse != null) {
      heard(d, stream, stream.pulse.message(d.moment));
    }
  }

  private static void heard(Draft d, Stream stream, Pulse pulse) {
    d.streams = d.streams.with(stream.with(pulse));
    if (pulse.isRegular() && !stream.isRegular()) {
      watch(d);
    }
  }

  /** To be called whenever another stream is the one in use. */
  static void watch(Draft d) {
    Stream main = d.streams.main;
    if (main != null && main.pulse != null && main.pulse.isRegular()) {
      d.act(Action.setTimer(TimerKind.SILENCE, atLeastNothing(main.pulse.left(d.moment))));
    } else {
      d.act(Action.cancelTimer(TimerKind.SILENCE));
    }
  }

  private static Duration atLeastNothing(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  static void silent(Draft d) {
    Stream main = d.streams.main;
    if (main == null
        || main.pulse == null
        || main.pulse.left(d.moment).compareTo(Duration.ZERO) > 0) {
      watch(d);
      return;
    }
    d.act(Action.cancelStream(main.attempt));
    StreamRules.ended(
        d,
        main.attempt,
        new EntitlementsException(
            ErrorKind.TIMEOUT,
            "nothing heard for "
                + main.pulse.silence(d.moment).toMillis()
                + " ms on a stream that had regular heartbeats"));
  }
}
