package dev.entitlements.examples.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;

/** Where and when it was measured. */
record Machine(
    LocalDate date, int cores, long memoryBytes, long heapBytes, String java, String system) {

  static Machine present(Clock clock) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        LocalDate.now(clock),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        Runtime.getRuntime().maxMemory(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d cores, %.0f GB of memory (heap at most %.1f GB), %s, %s",
        date,
        cores,
        memoryBytes / 1e9,
        heapBytes / 1e9,
        java,
        system);
  }
}
