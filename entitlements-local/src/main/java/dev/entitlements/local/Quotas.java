package dev.entitlements.local;

/**
 * An account's soft limits, those that Momento raises on request. Immutable. What exceeds one is
 * refused as the cloud refuses it: RESOURCE_EXHAUSTED with the limit's name in the trailer {@code
 * err} (HTTP 429). Momento's hard limits, such as 4 KB per message, are not here: they always hold.
 *
 * <p>The rates are counted per second of the server's clock ({@link LocalMomento.Builder#clock}).
 *
 * @param topicOperationsPerSecond a publish counts one for each kilobyte begun, and so does each
 *     delivery to a subscriber; a publish beyond it is refused, a delivery beyond it is dropped and
 *     a discontinuity takes its place. {@link Integer#MAX_VALUE} for no limit
 * @param subscriptions how many may be open at a time; {@link Integer#MAX_VALUE} for no limit
 * @param mintsPerSecond disposable tokens that may be made; {@link Integer#MAX_VALUE} for no limit
 */
public record Quotas(int topicOperationsPerSecond, int subscriptions, int mintsPerSecond) {

  /**
   * Checks the values.
   *
   * @param topicOperationsPerSecond at least 1
   * @param subscriptions at least 1
   * @param mintsPerSecond at least 1
   * @throws IllegalArgumentException when one is less than 1
   */
  public Quotas {
    check("topicOperationsPerSecond", topicOperationsPerSecond);
    check("subscriptions", subscriptions);
    check("mintsPerSecond", mintsPerSecond);
  }

  /**
   * No limits, which is what a {@link LocalMomento} has unless it is told otherwise.
   *
   * @return never null
   */
  public static Quotas unlimited() {
    return new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * What a new account has in the cloud: 10 topic operations per second, 100 subscriptions, 5
   * tokens per second.
   *
   * @return never null
   */
  public static Quotas cloudDefaults() {
    return new Quotas(10, 100, 5);
  }

  private static void check(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ": it must be at least 1");
    }
  }
}
