package dev.entitlements.examples.benchmarks.kit;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM with the classes of this one, so that what it takes is not counted here, or what is
 * taken here not there. It is told by lines on its standard input what to do, says by lines on its
 * standard output what came of it, and is to end when its input does: so it never outlives us.
 */
public final class ChildJvm implements AutoCloseable {
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final String name;
  private final Process process;
  private final PrintStream input;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

  /**
   * Starts its main.
   *
   * @throws IOException when there is no JVM to be started
   */
  public ChildJvm(Class<?> main, String... args) throws IOException {
    name = main.getSimpleName();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                ClassPath.ofThisProgram(),
                main.getName()));
    command.addAll(List.of(args));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "child-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  /** Says one line to it. */
  public void tell(String line) {
    input.println(line);
  }

  /** Says one line to it, and returns its next one. */
  public String ask(String question, Duration limit) throws InterruptedException {
    tell(question);
    return readLine(limit);
  }

  /**
   * Its next line.
   *
   * @throws BenchmarkFailed when there is none within the limit
   */
  public String readLine(Duration limit) throws InterruptedException {
    Optional<String> line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw new BenchmarkFailed(name + " said nothing for " + limit.toSeconds() + " s");
    }
    return line.orElseThrow(() -> new BenchmarkFailed(name + " has ended"));
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().map(Optional::of).forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      // It was ended by us, or by itself: there is no more to be read.
    }
    lines.add(Optional.empty());
  }

  @Override
  public void close() {
    input.close();
    try {
      process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
