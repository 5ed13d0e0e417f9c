package dev.entitlements.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.entitlements.client.WatcherStatus.State;
import dev.entitlements.client.chaos.Census;
import dev.entitlements.local.LocalMomento;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Watchers come and go, and nothing of them stays. */
@Tag("P9")
class LeakTest {
  private static final int CYCLES = 1000;
  private static final int AT_A_TIME = 20;

  /** Pools of the whole process grow and shrink by some threads. */
  private static final int POOLS = 10;

  private static final long HEAP_NOISE = 8L * 1024 * 1024;

  @Test
  void aThousandWatchersOpenedAndClosedLeaveNothing() {
    try (LocalMomento momento = LocalMomento.start();
        Backend backend = new Backend(momento, "u-42");
        WatcherRuntime shared = WatcherRuntime.create()) {
      backend.store("free");
      openAndClose(backend, shared, true);
      awaitOnlyTheSharedThreads();
      Census before = Census.take();

      for (int i = 0; i < CYCLES / AT_A_TIME; i++) {
        openAndClose(backend, shared, i % 2 == 0);
      }

      awaitOnlyTheSharedThreads();
      // Those of the shared runtime and of the backend.
      await().untilAsserted(() -> assertThat(momento.faults().dropConnections()).isEqualTo(2));
      Census after = Census.take();
      assertThat(after.allThreads()).isLessThan(before.allThreads() + POOLS);
      assertThat(after.heapBytes()).isLessThan(before.heapBytes() + HEAP_NOISE);
    }
  }

  private static void awaitOnlyTheSharedThreads() {
    await()
        .untilAsserted(
            () -> {
              Map<String, Long> threads = Census.ours();
              assertThat(threads.get("entitlements-watcher")).isEqualTo(1);
              assertThat(threads.getOrDefault("entitlements-callback", 0L)).isLessThanOrEqualTo(4);
            });
  }

  /** Half of them on a runtime of their own; closed while live, or wherever they are. */
  private static void openAndClose(Backend backend, WatcherRuntime shared, boolean onceLive) {
    List<EntitlementWatcher> watchers = new ArrayList<>();
    for (int i = 0; i < AT_A_TIME; i++) {
      EntitlementWatcher.Builder builder = EntitlementWatcher.builder(backend);
      EntitlementWatcher watcher = (i % 2 == 0 ? builder.runtime(shared) : builder).build();
      watcher.start();
      watchers.add(watcher);
    }
    if (onceLive) {
      await()
          .pollInterval(Duration.ofMillis(2))
          .until(() -> watchers.stream().allMatch(w -> w.status().state() == State.LIVE));
    }
    watchers.forEach(EntitlementWatcher::close);
  }
}
