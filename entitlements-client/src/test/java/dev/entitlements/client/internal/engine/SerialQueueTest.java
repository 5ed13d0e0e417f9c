package dev.entitlements.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P3")
class SerialQueueTest {
  @Test
  void runsTasksOfManyThreadsOneAtATimeAndThoseOfOneThreadInOrder() throws InterruptedException {
    int threads = 4;
    int each = 5_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    SerialQueue queue = new SerialQueue(pool);
    int[] last = new int[threads];
    boolean[] wrong = new boolean[1];
    int[] inside = new int[1];
    CountDownLatch done = new CountDownLatch(threads * each);
    for (int t = 0; t < threads; t++) {
      int thread = t;
      new Thread(
              () -> {
                for (int i = 1; i <= each; i++) {
                  int number = i;
                  queue.execute(
                      () -> {
                        wrong[0] |= ++inside[0] != 1 || last[thread] != number - 1;
                        last[thread] = number;
                        inside[0]--;
                        done.countDown();
                      });
                }
              })
          .start();
    }

    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    pool.shutdown();
    assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    assertThat(wrong[0]).isFalse();
  }

  @Test
  void aTaskThatThrowsDoesNotHoldUpTheNext() {
    List<String> ran = new ArrayList<>();
    SerialQueue queue = new SerialQueue(Runnable::run);

    queue.execute(
        () -> {
          throw new IllegalStateException("its own problem");
        });
    queue.execute(() -> ran.add("next"));

    assertThat(ran).containsExactly("next");
  }

  @Test
  void aTaskAddedByATaskRunsAfterIt() {
    List<String> ran = new ArrayList<>();
    SerialQueue queue = new SerialQueue(Runnable::run);

    queue.execute(
        () -> {
          queue.execute(() -> ran.add("inner"));
          ran.add("outer");
        });

    assertThat(ran).containsExactly("outer", "inner");
  }

  @Test
  void whatAFullExecutorRefusedRunsWithTheNextTask() {
    List<String> ran = new ArrayList<>();
    boolean[] full = {true};
    Executor executor =
        task -> {
          if (full[0]) {
            throw new RejectedExecutionException("full");
          }
          task.run();
        };
    SerialQueue queue = new SerialQueue(executor);

    queue.execute(() -> ran.add("first"));
    full[0] = false;
    queue.execute(() -> ran.add("second"));

    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  @Tag("P9")
  void aLongQueueGivesTheThreadBackBetweenBatches() {
    Deque<Runnable> executor = new ArrayDeque<>();
    SerialQueue queue = new SerialQueue(executor::add);
    int[] ran = new int[1];
    for (int i = 0; i < 200; i++) {
      queue.execute(() -> ran[0]++);
    }
    assertThat(executor).hasSize(1);

    executor.remove().run();

    assertThat(ran[0]).isBetween(1, 199);
    assertThat(executor).hasSize(1);
    while (!executor.isEmpty()) {
      executor.remove().run();
    }
    assertThat(ran[0]).isEqualTo(200);
  }
}
