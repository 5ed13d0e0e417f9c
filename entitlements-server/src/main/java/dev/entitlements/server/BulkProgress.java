package dev.entitlements.server;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far an {@link EntitlementPublisher#refreshAll} has come. Immutable.
 *
 * @param published users with something new, who were told
 * @param unchanged users with nothing new to them, superseded ones included
 * @param failed users who could not be refreshed
 * @param resumeAt how many ids from the beginning of the stream on are done, all of them: a run
 *     that is to go on where this one is skips so many, and repeats few
 * @param total how many ids the stream has, or empty if that is not known
 * @param elapsed how long the run has taken so far
 */
public record BulkProgress(
    long published,
    long unchanged,
    long failed,
    long resumeAt,
    OptionalLong total,
    Duration elapsed) {

  /**
   * Checks that nothing is missing.
   *
   * @param published users with something new, who were told
   * @param unchanged users with nothing new, whose item was renewed
   * @param failed users who could not be refreshed
   * @param resumeAt how many ids from the beginning of the stream on are done, all of them
   * @param total how many ids the stream has, or empty if that is not known
   * @param elapsed how long the run has taken so far
   * @throws NullPointerException if a component is null
   */
  public BulkProgress {
    Objects.requireNonNull(total, "total");
    Objects.requireNonNull(elapsed, "elapsed");
  }

  /**
   * How many users are done, the failed ones included.
   *
   * @return the number
   */
  public long done() {
    return published + unchanged + failed;
  }

  /**
   * How fast it went so far, from the beginning on.
   *
   * @return users a second; 0 before any time has passed
   */
  public double usersPerSecond() {
    return elapsed.isZero() ? 0 : done() * 1e9 / elapsed.toNanos();
  }

  /**
   * How long it will take from here, at the rate so far.
   *
   * @return the time, or empty if the total is not known or nobody is done yet
   */
  public Optional<Duration> remaining() {
    if (total.isEmpty() || done() == 0) {
      return Optional.empty();
    }
    double perUser = (double) elapsed.toNanos() / done();
    long left = Math.max(0, total.getAsLong() - done());
    return Optional.of(Duration.ofNanos((long) (perUser * left)));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "BulkProgress{%d%s done: %d published, %d unchanged, %d failed; %.1f users/s%s}",
        done(),
        total.isPresent() ? " of " + total.getAsLong() : "",
        published,
        unchanged,
        failed,
        usersPerSecond(),
        remaining().map(left -> ", " + left.toSeconds() + " s to go").orElse(""));
  }
}
