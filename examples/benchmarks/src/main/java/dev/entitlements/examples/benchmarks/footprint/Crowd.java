package dev.entitlements.examples.benchmarks.footprint;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.kit.ChildJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A process full of viewers, which grows. */
final class Crowd implements AutoCloseable {
  private final ChildJvm process;
  private int size;

  /**
   * Starts the process, and does not wait for it.
   *
   * @param peer whose viewers they are
   * @param server its address, see {@link
   *     dev.entitlements.examples.benchmarks.world.SharedServer#address}
   */
  Crowd(String peer, String server) throws IOException {
    process = new ChildJvm(ViewersMain.class, peer, server);
  }

  /**
   * Adds viewers until there are so many.
   *
   * @param sessions of at least so many viewers, the first of which are there already
   * @return what they hold once all are live
   * @throws dev.entitlements.examples.benchmarks.BenchmarkFailed when they are not, within the
   *     limit
   */
  Census growTo(int viewers, List<SessionToken> sessions, Duration limit)
      throws InterruptedException {
    sessions.subList(size, viewers).forEach(session -> process.tell(session.toJson()));
    size = viewers;
    return Census.parse(process.ask(ViewersMain.COUNT, limit));
  }

  @Override
  public void close() {
    process.close();
  }
}
