package dev.entitlements.examples.benchmarks.world;

import dev.entitlements.examples.benchmarks.kit.ChildJvm;
import java.io.IOException;
import java.time.Duration;

/** A local server whose threads and heap are not ours. */
public final class ServerProcess implements AutoCloseable {
  private final ChildJvm child;
  private final String address;

  /**
   * Starts it.
   *
   * @throws IOException when no process can be started
   */
  public ServerProcess() throws IOException, InterruptedException {
    child = new ChildJvm(ServerMain.class);
    try {
      address = child.readLine(Duration.ofSeconds(60));
    } catch (InterruptedException | RuntimeException e) {
      child.close();
      throw e;
    }
  }

  /** One line, from which any process can make a {@link ServerLink}. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    child.close();
  }
}
