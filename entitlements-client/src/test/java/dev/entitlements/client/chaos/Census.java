package dev.entitlements.client.chaos;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a process holds.
 *
 * @param threads of this library, by name without the number
 * @param allThreads of whatever kind
 */
public record Census(Map<String, Long> threads, int allThreads, long heapBytes) {
  public static Census take() {
    return new Census(ours(), Thread.getAllStackTraces().size(), heap());
  }

  /** The library's threads that are there now. */
  public static Map<String, Long> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("entitlements-"))
        .map(name -> name.replaceAll("-\\d+$", ""))
        .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @Override
  public String toString() {
    return threads
        + ", "
        + allThreads
        + " threads in all, heap "
        + heapBytes / (1024 * 1024)
        + " MiB";
  }
}
