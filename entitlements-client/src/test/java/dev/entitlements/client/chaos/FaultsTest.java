package dev.entitlements.client.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.client.chaos.ChaosBackend.Way;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault by itself, and each two together, over real sockets, while a publisher goes on. */
@Tag("P1")
@Tag("P2")
@Tag("P3")
@Tag("P4")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {
  private static final Duration TOKEN_LIFE = Duration.ofSeconds(4);
  private static final Duration TO_SETTLE = Duration.ofSeconds(15);
  private static final Duration TOO_LONG = Duration.ofMinutes(3);

  /** Faults take their time and little else, so that many scenarios go side by side. */
  private ExecutorService sideBySide;

  private ExecutorService fewAtATime;
  private final Map<String, CompletableFuture<Void>> alone = new HashMap<>();

  @BeforeAll
  void makeRoom() {
    sideBySide = Executors.newCachedThreadPool();
    fewAtATime = Executors.newFixedThreadPool(6);
    alone()
        .forEach(
            fault ->
                alone.put(
                    fault.name(),
                    CompletableFuture.runAsync(() -> assertConverges(List.of(fault)), fewAtATime)));
  }

  @AfterAll
  void tidyUp() {
    fewAtATime.shutdownNow();
    sideBySide.shutdownNow();
  }

  static Stream<Fault> alone() {
    return Fault.all().stream();
  }

  static Stream<Fault> sorts() {
    return Fault.sorts().stream();
  }

  @ParameterizedTest
  @MethodSource("alone")
  void aFaultIsOverOnceItIsOver(Fault fault) {
    inTime(alone.get(fault.name()));
  }

  @ParameterizedTest
  @MethodSource("sorts")
  void twoFaultsTogetherAreTooWhateverTheSecondIs(Fault fault) {
    List<Fault> sorts = Fault.sorts();
    int first = sorts.stream().map(Fault::name).toList().indexOf(fault.name());
    List<CompletableFuture<Void>> pairs =
        sorts.subList(first + 1, sorts.size()).stream()
            .map(
                second ->
                    CompletableFuture.runAsync(
                        () -> assertConverges(List.of(fault, second)), sideBySide))
            .toList();
    pairs.forEach(FaultsTest::inTime);
  }

  /** What hangs is to be seen, and not to be waited for. */
  private static void inTime(CompletableFuture<Void> scenario) {
    scenario.orTimeout(TOO_LONG.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void assertConverges(List<Fault> faults) {
    try (ChaosBackend backend = new ChaosBackend(1, TOKEN_LIFE);
        Fleet fleet = new Fleet(backend, 1, 1)) {
      assertThat(fleet.awaitSettled(TO_SETTLE)).as("live before %s", faults).isTrue();
      Monitor monitor = new Monitor(fleet);
      try (monitor) {
        inject(faults, backend);
        backend.publishTo(backend.users(), Way.INLINE);
        assertThat(fleet.awaitSettled(TO_SETTLE))
            .as("on the newest after %s: %s", faults, fleet.unsettled())
            .isTrue();
      }
      assertThat(monitor.wentBack).as("%s: %s", faults, monitor.examples()).hasValue(0);
      assertThat(monitor.liveWhileNotCurrentMillis)
          .as("%s: %s", faults, monitor.examples())
          .hasValue(0);
      assertThat(fleet.complaints()).as("%s", faults).isEmpty();
    }
  }

  private void inject(List<Fault> faults, ChaosBackend backend) {
    Publishers publishers = new Publishers(backend, 1, 40, new Random(faults.hashCode()));
    try (publishers) {
      faults.stream()
          .map(
              fault ->
                  CompletableFuture.runAsync(
                      () -> fault.inject(backend, backend.users()), sideBySide))
          .toList()
          .forEach(CompletableFuture::join);
    }
  }
}
