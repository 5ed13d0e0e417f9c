package dev.entitlements.server.internal.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns();
  private final List<String> begun = new ArrayList<>();

  @Test
  @Tag("P7")
  void tasksOfOneKeyRunOneAfterTheOtherInTheirOrderHoweverTheyEnd() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    CompletableFuture<String> one = turns.take("u", () -> begin("one", first));
    CompletableFuture<String> two = turns.take("u", () -> begin("two", second));
    CompletableFuture<String> three =
        turns.take("u", () -> begin("three", CompletableFuture.completedFuture("3")));
    assertThat(begun).containsExactly("one");

    first.completeExceptionally(new IllegalStateException("the first failed"));
    assertThat(one).isCompletedExceptionally();
    assertThat(begun).containsExactly("one", "two");

    second.complete("2");
    assertThat(begun).containsExactly("one", "two", "three");
    assertThat(two).isCompletedWithValue("2");
    assertThat(three).isCompletedWithValue("3");
  }

  @Test
  @Tag("P7")
  void otherKeysDoNotWait() {
    turns.take("u", () -> begin("one", new CompletableFuture<>()));
    turns.take("v", () -> begin("other", new CompletableFuture<>()));
    assertThat(begun).containsExactly("one", "other");
  }

  @Test
  @Tag("P7")
  void whoCancelsDoesNotCutTheTurnShort() {
    CompletableFuture<String> first = new CompletableFuture<>();
    turns.take("u", () -> begin("one", first)).cancel(true);
    turns.take("u", () -> begin("two", new CompletableFuture<>()));
    assertThat(begun).containsExactly("one");
    first.complete("1");
    assertThat(begun).containsExactly("one", "two");
  }

  @Test
  @Tag("P9")
  void aTaskThatThrowsEndsItsTurnAndNothingIsLeftBehind() {
    CompletableFuture<String> thrown =
        turns.take(
            "u",
            () -> {
              throw new IllegalStateException("at once");
            });
    assertThat(thrown).isCompletedExceptionally();
    assertThat(turns.size()).isZero();
    for (int i = 0; i < 1_000; i++) {
      turns.take("u", () -> CompletableFuture.completedFuture("done"));
    }
    assertThat(turns.size()).isZero();
  }

  private CompletableFuture<String> begin(String name, CompletableFuture<String> result) {
    begun.add(name);
    return result;
  }
}
