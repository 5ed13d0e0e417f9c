package dev.entitlements.server;

import dev.entitlements.internal.Durations;
import java.time.Duration;
import java.util.OptionalLong;

/** How an {@link EntitlementPublisher#refreshAll} goes about it. Immutable. */
public final class BulkOptions {
  private final int concurrency;
  private final int usersPerSecond;
  private final OptionalLong total;
  private final Duration progressInterval;

  private BulkOptions(Builder builder) {
    concurrency = builder.concurrency;
    usersPerSecond = builder.usersPerSecond;
    total = builder.total;
    progressInterval = builder.progressInterval;
  }

  /**
   * All defaults.
   *
   * @return the options
   */
  public static BulkOptions defaults() {
    return builder().build();
  }

  /**
   * Starts with all defaults.
   *
   * @return a builder, not safe for use by several threads
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How many users are refreshed at once, at most.
   *
   * @return at least 1
   */
  public int concurrency() {
    return concurrency;
  }

  /**
   * How many users are begun in any one second, at most.
   *
   * @return the limit, 0 for none
   */
  public int usersPerSecond() {
    return usersPerSecond;
  }

  /**
   * How many ids the stream has.
   *
   * @return the number, or empty if the stream itself is to be asked, which may not know either
   */
  public OptionalLong total() {
    return total;
  }

  /**
   * How often progress is told.
   *
   * @return the time from one telling to the next
   */
  public Duration progressInterval() {
    return progressInterval;
  }

  @Override
  public String toString() {
    return "BulkOptions{"
        + concurrency
        + " at once, "
        + (usersPerSecond == 0 ? "any number" : String.valueOf(usersPerSecond))
        + " a second}";
  }

  /**
   * Builds {@link BulkOptions}; each method checks what it is given. Not safe for use by several
   * threads.
   */
  public static final class Builder {
    private int concurrency = 64;
    private int usersPerSecond;
    private OptionalLong total = OptionalLong.empty();
    private Duration progressInterval = Duration.ofSeconds(1);

    private Builder() {}

    /**
     * Sets how many users are refreshed at once, at most.
     *
     * @param concurrency from 1 to 10 000; 64 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder concurrency(int concurrency) {
      this.concurrency = requireWithin("concurrency", concurrency, 1);
      return this;
    }

    /**
     * Sets how many users are begun in any one second, at most. Each costs Momento one to three
     * operations, of which one, the notification of a change, counts against the quota of topics.
     *
     * @param usersPerSecond from 0 to 10 000; 0 by default, for no limit
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder usersPerSecond(int usersPerSecond) {
      this.usersPerSecond = requireWithin("usersPerSecond", usersPerSecond, 0);
      return this;
    }

    /**
     * Sets how many ids the stream has, so that the remaining time can be told.
     *
     * @param total not negative; by default the stream itself is asked
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder total(long total) {
      if (total < 0) {
        throw new IllegalArgumentException("total is " + total + "; it must not be negative");
      }
      this.total = OptionalLong.of(total);
      return this;
    }

    /**
     * Sets how often progress is told.
     *
     * @param progressInterval more than nothing; 1 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not more than nothing
     */
    public Builder progressInterval(Duration progressInterval) {
      this.progressInterval = Durations.requirePositive("progressInterval", progressInterval);
      return this;
    }

    /**
     * Makes the options.
     *
     * @return the options
     */
    public BulkOptions build() {
      return new BulkOptions(this);
    }

    private static int requireWithin(String name, int value, int least) {
      if (value < least || value > 10_000) {
        throw new IllegalArgumentException(
            name + " is " + value + "; it must be from " + least + " to 10000");
      }
      return value;
    }
  }
}
