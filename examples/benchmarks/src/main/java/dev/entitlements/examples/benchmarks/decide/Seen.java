package dev.entitlements.examples.benchmarks.decide;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What happened while JMH measured, beside its own figures: JMH's GC profiler counts what all
 * threads allocate, those too that receive the updates.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Seen {
  /** How often the watcher's copy changed. */
  public long changes;

  /** What the thread that asks has allocated. */
  public long bytes;

  // Not in the public ones, which JMH sets to 0 when it begins.
  private long changesBefore;
  private long bytesBefore;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Nothing yet. */
  public Seen() {}

  /** Starts to count. */
  @Setup(Level.Iteration)
  public void begin(Decisions decisions) {
    changesBefore = decisions.changes();
    bytesBefore = allocated();
  }

  /** Has counted. */
  @TearDown(Level.Iteration)
  public void end(Decisions decisions) {
    bytes = allocated() - bytesBefore;
    changes = decisions.changes() - changesBefore;
  }

  private long allocated() {
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
