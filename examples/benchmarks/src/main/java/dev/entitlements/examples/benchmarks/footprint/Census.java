package dev.entitlements.examples.benchmarks.footprint;

import dev.entitlements.examples.benchmarks.kit.Heap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param connections to the server's port; -1 where the system does not tell
 */
record Census(int threads, int connections, long heapBytes) {
  private static final List<Path> CONNECTIONS =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

  /** Nobody else may be connected to that port: Linux does not tell whose a connection is. */
  static Census take(int serverPort) throws IOException {
    return new Census(Thread.getAllStackTraces().size(), connections(serverPort), Heap.used());
  }

  Census since(Census before) {
    return new Census(threads - before.threads, connections, heapBytes - before.heapBytes);
  }

  String toLine() {
    return threads + " " + connections + " " + heapBytes;
  }

  static Census parse(String line) {
    String[] words = line.split(" ", -1);
    return new Census(
        Integer.parseInt(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2]));
  }

  private static int connections(int port) throws IOException {
    // Fields: number, local address, remote address, state, of which 01 is established.
    String remote = String.format(Locale.ROOT, ":%04X", port);
    int count = 0;
    for (Path table : CONNECTIONS) {
      if (!Files.isReadable(table)) {
        return -1;
      }
      try (Stream<String> lines = Files.lines(table)) {
        count +=
            (int)
                lines
                    .map(line -> line.strip().split("\\s+", 5))
                    .filter(fields -> fields[2].endsWith(remote) && fields[3].equals("01"))
                    .count();
      }
    }
    return count;
  }
}
