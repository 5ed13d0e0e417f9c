package dev.entitlements.examples.benchmarks.redis;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A {@code redis-server} of our own, on a free port of the loopback, that keeps nothing on disk.
 */
final class RedisServer implements AutoCloseable {
  private static final String PROGRAM = "redis-server";
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final int port;
  private final Process process;
  private final Thread killer;

  /**
   * Starts it.
   *
   * <p>Returns once it listens.
   *
   * @throws IOException when it cannot be started
   */
  RedisServer(Path program) throws IOException, InterruptedException {
    port = freePort();
    process =
        new ProcessBuilder(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    awaitStart();
  }

  /** Where it is installed, if it is. */
  static Optional<Path> installed() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst();
  }

  int port() {
    return port;
  }

  private void awaitStart() throws InterruptedException {
    long deadline = System.nanoTime() + START_NANOS;
    while (!isListening()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new BenchmarkFailed(PROGRAM + " does not listen on port " + port);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
