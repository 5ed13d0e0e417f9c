package dev.entitlements.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.client.EntitlementListener;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.client.WatcherStatus.State;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P3")
class ListenerChannelTest implements EntitlementListener {
  private final Deque<Runnable> executor = new ArrayDeque<>();
  private final ListenerChannel channel = new ListenerChannel(this, executor::add);
  private final List<EntitlementChange> changes = new ArrayList<>();
  private final List<WatcherStatus> statuses = new ArrayList<>();

  @Override
  public void onChange(EntitlementChange change) {
    changes.add(change);
  }

  @Override
  public void onStatus(WatcherStatus status) {
    statuses.add(status);
  }

  @Test
  void skipsWhatWasSupersededWhileTheListenerWasBusy() {
    channel.show(snapshot(1, "a"), Cause.LOGIN);
    run();
    channel.show(snapshot(2, "b"), Cause.PUSH);
    channel.show(snapshot(3, "c"), Cause.REFRESH);
    run();

    assertThat(changes).hasSize(2);
    assertThat(changes.get(1).previous()).contains(snapshot(1, "a"));
    assertThat(changes.get(1).current()).isEqualTo(snapshot(3, "c"));
    assertThat(changes.get(1).cause()).isEqualTo(Cause.REFRESH);
  }

  @Test
  void saysNothingOfANewRevisionWithTheSameContent() {
    channel.show(snapshot(1, "a"), Cause.LOGIN);
    run();
    channel.show(snapshot(2, "a"), Cause.PUSH);
    run();
    channel.show(snapshot(3, "b"), Cause.PUSH);
    run();

    assertThat(changes).hasSize(2);
    assertThat(changes.get(1).previous()).contains(snapshot(1, "a"));
  }

  @Test
  void tellsTheNewestStatusOnly() {
    channel.show(WatcherStatus.builder(State.STALE, Instant.EPOCH).build());
    channel.show(WatcherStatus.builder(State.LIVE, Instant.EPOCH).build());
    run();

    assertThat(statuses).extracting(WatcherStatus::state).containsExactly(State.LIVE);
  }

  @Test
  void neverHasMoreThanOneTaskWithTheExecutor() {
    for (int i = 1; i <= 100; i++) {
      channel.show(snapshot(i, "plan-" + i), Cause.PUSH);
      channel.show(WatcherStatus.builder(State.LIVE, Instant.ofEpochSecond(i)).build());
    }

    assertThat(executor).hasSize(1);
  }

  @Test
  void anExecutorThatRefusedOnceIsAskedAgainWithTheNextSnapshot() {
    boolean[] full = {true};
    ListenerChannel refused =
        new ListenerChannel(
            this,
            task -> {
              if (full[0]) {
                throw new IllegalStateException("the toolkit is not up");
              }
              task.run();
            });
    refused.show(snapshot(1, "a"), Cause.LOGIN);
    full[0] = false;

    refused.show(snapshot(2, "b"), Cause.PUSH);

    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).current()).isEqualTo(snapshot(2, "b"));
  }

  @Test
  void whatAListenerThrowsUndeclaredIsNoHindrance() {
    List<Long> told = new ArrayList<>();
    ListenerChannel throwing =
        new ListenerChannel(
            change -> {
              told.add(change.current().revision());
              ListenerChannelTest.<RuntimeException>throwUndeclared(
                  new java.io.IOException("its own"));
            },
            Runnable::run);

    throwing.show(snapshot(1, "a"), Cause.LOGIN);
    throwing.show(snapshot(2, "b"), Cause.PUSH);

    assertThat(told).containsExactly(1L, 2L);
  }

  /** As Kotlin does. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> void throwUndeclared(Exception e) throws E {
    throw (E) e;
  }

  @Test
  void saysNothingMoreOnceRemoved() {
    channel.show(snapshot(1, "a"), Cause.LOGIN);
    channel.remove();
    run();

    assertThat(changes).isEmpty();
  }

  private void run() {
    while (!executor.isEmpty()) {
      executor.remove().run();
    }
  }

  private static Entitlements snapshot(long revision, String id) {
    return Entitlements.of(
        Entitlements.Content.of("u-42", Entitlement.of(id)), revision, Instant.EPOCH);
  }
}
