package dev.entitlements.server;

import static dev.entitlements.server.FakeMomento.Behaviour.hangs;
import static dev.entitlements.server.Outcomes.failure;
import static dev.entitlements.server.Outcomes.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.internal.TimeSource;
import dev.entitlements.server.FakeMomento.Op;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ThreadsTest extends LocalMomentoTestBase {
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  @Test
  @Tag("P10")
  void sourceAndCallbacksRunOnThreadsOfOursAndNeverOnAnIoThread() {
    try (EntitlementPublisher publisher = publisher();
        TokenIssuer issuer = TokenIssuer.builder(backend).build()) {
      for (int i = 0; i < 30; i++) {
        String user = "thread" + i % 5;
        soon(publisher.refresh(user).whenComplete((r, e) -> sawThisThread()));
        soon(issuer.issue(user).whenComplete((t, e) -> sawThisThread()));
        soon(
            EntitlementSessions.of(publisher, issuer)
                .open(user)
                .whenComplete((s, e) -> sawThisThread()));
      }
    }
    // A future that is done already calls back on the thread that asks.
    seen.remove(Thread.currentThread().getName());
    assertThat(seen)
        .isNotEmpty()
        .allMatch(name -> name.matches("entitlements-(publisher|issuer)-\\d+"));
  }

  @Test
  @Tag("P10")
  void hostsExecutorRunsSourceAndCallbacksAndIsNeverShutDown() {
    ExecutorService hosts =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "the-hosts-thread"));
    try {
      try (EntitlementPublisher publisher =
              EntitlementPublisher.builder(backend, this::load).executor(hosts).build();
          TokenIssuer issuer = TokenIssuer.builder(backend).executor(hosts).build()) {
        CompletableFuture<PublishReceipt> refresh = publisher.refresh("u");
        CompletableFuture<SessionToken> token = issuer.issue("u");
        refresh.whenComplete((r, e) -> sawThisThread());
        soon(refresh);
        soon(token);
      }
      seen.remove(Thread.currentThread().getName());
      assertThat(seen).containsExactly("the-hosts-thread");
      assertThat(hosts.isShutdown()).isFalse();
    } finally {
      hosts.shutdownNow();
    }
  }

  @Test
  @Tag("P10")
  void executorThatTakesNoMoreWorkFailsTheCall() {
    ExecutorService hosts = Executors.newSingleThreadExecutor();
    hosts.shutdownNow();
    try (EntitlementPublisher publisher =
        EntitlementPublisher.builder(backend, this::load).executor(hosts).build()) {
      assertThat(failure(publisher.refresh("u")).kind()).isEqualTo(ErrorKind.OVERLOADED);
      assertThat(failure(publisher.publish(content("u"))).kind()).isEqualTo(ErrorKind.OVERLOADED);
    }
  }

  @Test
  @Tag("P1")
  void playersAreToldOfAKnownContentThoughTheExecutorIsBusyAndItsCallerAfterThat() {
    FakeMomento fake = new FakeMomento(TimeSource.system());
    CountDownLatch idle = new CountDownLatch(1);
    ExecutorService hosts = Executors.newSingleThreadExecutor();
    try (EntitlementPublisher publisher =
        EntitlementPublisher.builder(fake.backend(), this::load).executor(hosts).build()) {
      soon(publisher.publish(content("u", "basic")));
      hosts.execute(
          () -> {
            try {
              idle.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });

      CompletableFuture<PublishReceipt> warm = publisher.publish(content("u", "premium"));

      await().untilAsserted(() -> assertThat(fake.messages).hasSize(2));
      assertThat(warm).isNotDone();
      idle.countDown();
      assertThat(soon(warm).outcome()).isEqualTo(PublishReceipt.Outcome.PUBLISHED);
    } finally {
      hosts.shutdownNow();
    }
  }

  @Test
  @Tag("P6")
  void deadlineIsToldThoughSourcesHoldEveryThread() {
    CountDownLatch over = new CountDownLatch(1);
    try (EntitlementPublisher publisher =
        EntitlementPublisher.builder(
                backend,
                userId -> {
                  over.await();
                  return load(userId);
                })
            .callDeadline(Duration.ofMillis(300))
            .build()) {
      List<CompletableFuture<PublishReceipt>> held = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        held.add(publisher.refresh("u" + i));
      }
      held.forEach(call -> assertThat(failure(call).kind()).isEqualTo(ErrorKind.TIMEOUT));
      over.countDown();
    }
  }

  @Test
  @Tag("P9")
  void closeLetsRunningCallsFinishRefusesNewOnesAndLeavesNoThread() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    EntitlementPublisher publisher =
        EntitlementPublisher.builder(
                backend,
                userId -> {
                  begun.countDown();
                  goOn.await();
                  return load(userId);
                })
            .build();
    TokenIssuer issuer = TokenIssuer.builder(backend).build();
    soon(issuer.issue("u"));
    CompletableFuture<PublishReceipt> running = publisher.refresh("u");
    CompletableFuture<PublishReceipt> waiting = publisher.refresh("u");
    begun.await();

    CompletableFuture<Void> closing = CompletableFuture.runAsync(publisher::close);
    await().until(() -> publisher.refresh("v").isCompletedExceptionally());
    assertThat(failure(publisher.refresh("v")).kind()).isEqualTo(ErrorKind.CLOSED);
    assertThat(failure(publisher.publish(content("v"))).kind()).isEqualTo(ErrorKind.CLOSED);
    goOn.countDown();

    assertThat(soon(running).snapshot()).isEqualTo(soon(waiting).snapshot());
    assertThat(soon(waiting).outcome()).isEqualTo(PublishReceipt.Outcome.UNCHANGED);
    soon(closing);
    issuer.close();
    issuer.close();
    publisher.close();
    await().untilAsserted(() -> assertThat(threadsOfOurs()).isEmpty());
  }

  @Test
  @Tag("P9")
  void closeEndsWhatDoesNotEndByItselfAfterAWhile() {
    FakeMomento fake = new FakeMomento(TimeSource.system());
    fake.script(Op.GET, hangs());
    EntitlementPublisher publisher =
        EntitlementPublisher.builder(fake.backend(), this::load).build();
    CompletableFuture<PublishReceipt> running = publisher.refresh("u");
    CompletableFuture<PublishReceipt> waiting = publisher.refresh("u");
    await().until(() -> fake.calls(Op.GET) == 1);
    long start = System.nanoTime();

    // An impatient host cuts the wait short.
    Thread.currentThread().interrupt();
    publisher.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    assertThat(failure(running).kind()).isEqualTo(ErrorKind.CLOSED);
    assertThat(failure(waiting).kind()).isEqualTo(ErrorKind.CLOSED);
    await().untilAsserted(() -> assertThat(threadsOfOurs()).isEmpty());
  }

  @Test
  @Tag("P10")
  void threadsAreDaemons() {
    try (EntitlementPublisher publisher = publisher()) {
      soon(publisher.refresh("u"));
      assertThat(threadsOfOurs()).isNotEmpty().allMatch(Thread::isDaemon);
    }
  }

  private EntitlementPublisher publisher() {
    return EntitlementPublisher.builder(backend, this::load).build();
  }

  private CompletableFuture<dev.entitlements.Entitlements.Content> load(String userId) {
    sawThisThread();
    return CompletableFuture.completedFuture(content(userId, "premium"));
  }

  private void sawThisThread() {
    seen.add(Thread.currentThread().getName());
  }

  private static List<Thread> threadsOfOurs() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("entitlements-(publisher|issuer).*"))
        .toList();
  }
}
