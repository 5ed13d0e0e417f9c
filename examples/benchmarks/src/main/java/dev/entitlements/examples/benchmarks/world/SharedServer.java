package dev.entitlements.examples.benchmarks.world;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** One server process for all parts of a run that do not mind each other's users. */
public final class SharedServer implements AutoCloseable {
  private @Nullable FutureTask<ServerProcess> process;

  /** Starts nothing yet. */
  public SharedServer() {}

  /** Starts the server, if it is not yet begun with, and does not wait until it is there. */
  public synchronized void begin() {
    begun();
  }

  /**
   * One line, from which any process can make a {@link ServerLink}. Starts the server if it is not
   * yet begun with.
   *
   * @throws IOException when no process can be started
   */
  public synchronized String address() throws IOException, InterruptedException {
    try {
      return begun().get().address();
    } catch (ExecutionException e) {
      throw new IOException("The server process did not start", e.getCause());
    }
  }

  private FutureTask<ServerProcess> begun() {
    FutureTask<ServerProcess> task = process;
    if (task == null) {
      task = new FutureTask<>(ServerProcess::new);
      process = task;
      new Thread(task, "shared-server").start();
    }
    return task;
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      try {
        process.get().close();
      } catch (ExecutionException e) {
        // It never was there.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
