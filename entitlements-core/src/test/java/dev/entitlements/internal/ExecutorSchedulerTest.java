package dev.entitlements.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ExecutorSchedulerTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final ExecutorScheduler scheduler = new ExecutorScheduler("timer-under-test");
  private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  @Tag("P3")
  void tasksRunOnceInTheOrderOfTheirTimes() throws Exception {
    scheduler.schedule(Duration.ofMillis(30), () -> ran.add("third"));
    scheduler.schedule(Duration.ofMillis(15), () -> ran.add("second"));
    scheduler.schedule(Duration.ZERO, () -> ran.add("first"));
    assertThat(next()).isEqualTo("first");
    assertThat(next()).isEqualTo("second");
    assertThat(next()).isEqualTo("third");
    assertThat(ran).isEmpty();
  }

  @Test
  @Tag("P3")
  void aTaskRunsNoSoonerThanItsDelay() throws Exception {
    long before = System.nanoTime();
    scheduler.schedule(Duration.ofMillis(20), () -> ran.add("task"));
    assertThat(next()).isEqualTo("task");
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
  }

  @Test
  @Tag("P9")
  void aTaskThatIsCancelledDoesNotRun() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    scheduler.schedule(Duration.ZERO, () -> awaitQuietly(busy));
    Scheduler.Timer cancelled = scheduler.schedule(Duration.ZERO, () -> ran.add("cancelled"));
    scheduler.schedule(Duration.ZERO, () -> ran.add("next"));
    cancelled.cancel();
    cancelled.cancel();
    busy.countDown();
    assertThat(next()).isEqualTo("next");
    assertThat(ran).isEmpty();
  }

  @Test
  @Tag("P4")
  void aTaskThatThrowsIsLoggedAndDoesNotStopTheOthers() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(ExecutorScheduler.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    logger.setAdditive(false);
    try {
      scheduler.schedule(
          Duration.ZERO,
          () -> {
            throw new IllegalStateException("on purpose");
          });
      scheduler.schedule(Duration.ZERO, () -> ran.add("next"));
      assertThat(next()).isEqualTo("next");
    } finally {
      logger.detachAppender(logged);
      logger.setAdditive(true);
    }
    assertThat(logged.list).hasSize(1);
    assertThat(logged.list.get(0).getThrowableProxy().getMessage()).isEqualTo("on purpose");
  }

  @Test
  @Tag("P9")
  void afterCloseNothingRunsAndItsThreadIsGone() throws Exception {
    scheduler.schedule(Duration.ZERO, () -> ran.add(Thread.currentThread().getName()));
    assertThat(next()).startsWith("timer-under-test");
    scheduler.schedule(NEVER, () -> ran.add("never"));
    scheduler.close();
    scheduler.close();
    scheduler.schedule(Duration.ZERO, () -> ran.add("late")).cancel();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("timer-under-test")));
    assertThat(ran).isEmpty();
  }

  @Test
  @Tag("P10")
  void itsThreadIsANamedDaemon() throws Exception {
    scheduler.schedule(
        Duration.ZERO,
        () -> ran.add(Thread.currentThread().getName() + Thread.currentThread().isDaemon()));
    assertThat(next()).isEqualTo("timer-under-test-1true");
  }

  private String next() throws InterruptedException {
    return ran.poll(20, TimeUnit.SECONDS);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
