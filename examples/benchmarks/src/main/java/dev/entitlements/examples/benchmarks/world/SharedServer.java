package dev.entitlements.examples.benchmarks.world;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One server process for all parts of a run that do not mind each other's users. */
public final class SharedServer implements AutoCloseable {
  private @Nullable ServerProcess process;

  /** Starts nothing yet. */
  public SharedServer() {}

  /**
   * One line, from which any process can make a {@link ServerLink}. Starts the server if it does
   * not run yet.
   *
   * @throws IOException when no process can be started
   */
  public synchronized String address() throws IOException, InterruptedException {
    if (process == null) {
      process = new ServerProcess();
    }
    return process.address();
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.close();
    }
  }
}
