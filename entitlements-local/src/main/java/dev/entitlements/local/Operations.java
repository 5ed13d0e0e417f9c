package dev.entitlements.local;

/**
 * What a {@link LocalMomento} has carried out so far, by kind, as Momento bills it: each operation
 * counts one unit per kilobyte begun, and one at least. What was refused, by the server or by a
 * fault, does not count; a miss does, and so does a conditional write whose condition did not hold.
 *
 * <p>An immutable snapshot. The difference of two, by {@link #since}, is what happened in between.
 *
 * @param reads reads of items: of values, by the size of the value, and of what is known of them
 *     (whether they are there, type, TTL), one unit each; batches count each item
 * @param writes writes of items: of values, by the size of the value, and deletes, increments and
 *     changes of TTL, one unit each; batches count each item
 * @param publishes messages published, by the size of the payload
 * @param deliveries messages sent to subscribers, each of them, by the size of the payload;
 *     replayed ones too. Heartbeats and discontinuities are none
 * @param consistentReads those of the reads that asked for read-after-write, for which the cloud
 *     charges several times as much; here they count as the others do
 * @param subscriptions subscriptions opened; long polls too
 * @param tokens disposable tokens minted
 */
public record Operations(
    Count reads,
    Count writes,
    Count publishes,
    Count deliveries,
    long consistentReads,
    long subscriptions,
    long tokens) {

  /**
   * How often, and how much.
   *
   * @param calls how many there were
   * @param units kilobytes begun, at least one for each
   */
  public record Count(long calls, long units) {
    Count minus(Count earlier) {
      return new Count(calls - earlier.calls, units - earlier.units);
    }
  }

  /**
   * What Momento bills: the units of reads, writes, publishes and deliveries.
   *
   * @return 0 or more
   */
  public long billable() {
    return reads.units() + writes.units() + publishes.units() + deliveries.units();
  }

  /**
   * What was carried out after another snapshot of the same server, and up to this one.
   *
   * @param earlier the other one
   * @return the difference of each count
   */
  public Operations since(Operations earlier) {
    return new Operations(
        reads.minus(earlier.reads),
        writes.minus(earlier.writes),
        publishes.minus(earlier.publishes),
        deliveries.minus(earlier.deliveries),
        consistentReads - earlier.consistentReads,
        subscriptions - earlier.subscriptions,
        tokens - earlier.tokens);
  }
}
