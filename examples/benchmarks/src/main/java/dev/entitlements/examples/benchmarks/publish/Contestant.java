package dev.entitlements.examples.benchmarks.publish;

import dev.entitlements.examples.benchmarks.kit.ClosedLoop;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** A sender, and how fast it was in each round. */
final class Contestant implements AutoCloseable {
  private final Sender sender;
  private final ClosedLoop loop;
  private final Histogram rates = new Histogram(3);

  Contestant(Sender sender, int atOnce) {
    this.sender = sender;
    this.loop = new ClosedLoop(atOnce, sender::next);
  }

  void warmUp(Duration time) throws InterruptedException {
    double unused = loop.perSecond(time);
  }

  void measure(Duration time) throws InterruptedException {
    rates.recordValue(Math.round(loop.perSecond(time)));
  }

  /** The median of the rounds. */
  double perSecond() {
    return rates.getValueAtPercentile(50);
  }

  int rounds() {
    return (int) rates.getTotalCount();
  }

  @Override
  public void close() {
    sender.close();
  }
}
