package dev.entitlements.server.soak;

import dev.entitlements.local.LocalMomento;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A {@link PublisherProcess} and what it said. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reader;

  private ChildJvm(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "output of process " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  static ChildJvm start(
      LocalMomento momento, String cache, Truth truth, int threads, int users, long seed)
      throws IOException {
    return new ChildJvm(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classPath(),
                PublisherProcess.class.getName(),
                momento.endpoint().toString(),
                momento.apiKey(),
                cache,
                truth.uri().toString(),
                String.valueOf(threads),
                String.valueOf(users),
                String.valueOf(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** What a backend has, without what only tests need. */
  private static String classPath() {
    String separator = System.getProperty("path.separator");
    return List.of(System.getProperty("java.class.path").split(separator, -1)).stream()
        .filter(
            path ->
                !path.matches(
                        ".*(armeria|jqwik|junit|archunit|assertj|netty-(?!shaded)|/io/netty/).*")
                    || path.contains("grpc-netty-shaded"))
        .collect(Collectors.joining(separator));
  }

  void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("it said: " + lines, e);
    }
  }

  /** The next line that begins so; what comes before it is skipped. */
  String await(String beginning) throws InterruptedException {
    for (String line = next(); ; line = next()) {
      if (line.startsWith(beginning)) {
        return line;
      }
      if (!line.startsWith("failed ")) {
        throw new AssertionError("process " + process.pid() + " said: " + line + "\n" + lines);
      }
    }
  }

  private String next() throws InterruptedException {
    String line = lines.poll(60, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("process " + process.pid() + " says nothing");
    }
    return line;
  }

  /** All lines, once it has ended by itself. */
  List<String> awaitEnd() throws InterruptedException {
    if (!process.waitFor(150, TimeUnit.SECONDS)) {
      throw new AssertionError("process " + process.pid() + " does not end");
    }
    reader.join();
    if (process.exitValue() != 0) {
      throw new AssertionError("process ended with " + process.exitValue() + ": " + lines);
    }
    return List.copyOf(lines);
  }

  /** Lets it go on for a while, then kills it as the kernel does: nothing of it runs any more. */
  void killAfter(long millis) throws InterruptedException {
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("process ended by itself: " + lines);
    }
    process.destroyForcibly().waitFor();
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("output lost: " + e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
