package dev.entitlements.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.momento.Subscription;
import dev.entitlements.momento.SubscriptionListener;
import dev.entitlements.momento.TopicItem;
import dev.entitlements.momento.TopicSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A subscription that writes down what comes, and what came against the contract: two calls at
 * once, more events than were requested, anything after the end.
 */
public final class RecordedSubscription implements SubscriptionListener {
  private Subscription subscription;

  // Guarded by this.
  private final List<String> events = new ArrayList<>();
  private final List<TopicItem> messages = new ArrayList<>();
  private final List<Long> newPages = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private int heartbeats;
  private long requested;
  private long received;
  private boolean ended;
  private EntitlementsException error;

  /** Whoever is in a callback. */
  private final AtomicInteger inside = new AtomicInteger();

  private RecordedSubscription() {}

  public static RecordedSubscription open(TopicSubscriber subscriber, String topic) {
    RecordedSubscription recorded = new RecordedSubscription();
    recorded.subscription = subscriber.subscribe(topic, recorded);
    return recorded;
  }

  public RecordedSubscription request(int count) {
    synchronized (this) {
      requested += count;
    }
    subscription.request(count);
    return this;
  }

  public void cancel() {
    subscription.cancel();
  }

  @Override
  public void onHeartbeat() {
    event("heartbeat", () -> heartbeats++);
  }

  @Override
  public void onMessage(TopicItem message) {
    event("message", () -> messages.add(message));
  }

  @Override
  public void onDiscontinuity(long newSequencePage) {
    event("discontinuity", () -> newPages.add(newSequencePage));
  }

  @Override
  public void onEnd(Optional<EntitlementsException> error) {
    // The end needs no room.
    synchronized (this) {
      requested++;
    }
    event(
        "end",
        () -> {
          ended = true;
          this.error = error.orElse(null);
        });
  }

  private void event(String event, Runnable record) {
    boolean alone = inside.getAndIncrement() == 0;
    synchronized (this) {
      received++;
      if (!alone) {
        breaches.add(event + " came while another call was running");
      }
      if (ended) {
        breaches.add(event + " came after the end");
      }
      if (received > requested) {
        breaches.add(event + " came, which nobody requested");
      }
      events.add(event);
      record.run();
    }
    inside.getAndDecrement();
  }

  public RecordedSubscription awaitHeartbeat() {
    until(() -> heartbeats > 0);
    return this;
  }

  public void awaitMessages(String... texts) {
    until(() -> texts().size() >= texts.length);
    assertThat(texts()).isEqualTo(Arrays.asList(texts));
  }

  /** One message, whatever else comes. */
  public void awaitMessage(String text) {
    until(() -> texts().contains(text));
  }

  public void awaitDiscontinuity() {
    until(() -> !newPages().isEmpty());
  }

  /** Why it ended. */
  public Optional<EntitlementsException> awaitEnd() {
    until(() -> ended);
    synchronized (this) {
      return Optional.ofNullable(error);
    }
  }

  private void until(BooleanSupplier condition) {
    try {
      Awaitility.await()
          .atMost(MomentoContract.PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .until(
              () -> {
                synchronized (this) {
                  return condition.getAsBoolean();
                }
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("what should have come did not; there came " + summary(), e);
    }
    assertKept();
  }

  private synchronized String summary() {
    String numbers =
        messages.stream()
            .map(item -> String.valueOf(item.sequenceNumber()))
            .collect(Collectors.joining(" "));
    return events + ", messages numbered " + numbers + ", of " + requested + " requested";
  }

  /** That nothing came against the contract. */
  public synchronized void assertKept() {
    assertThat(breaches).isEmpty();
    assertThat(events.isEmpty() || events.get(0).equals("heartbeat") || events.get(0).equals("end"))
        .as("a heartbeat comes first: " + events)
        .isTrue();
  }

  public synchronized List<String> events() {
    return new ArrayList<>(events);
  }

  public synchronized List<TopicItem> messages() {
    return new ArrayList<>(messages);
  }

  public synchronized List<String> texts() {
    return messages.stream().map(item -> new String(item.value(), UTF_8)).toList();
  }

  public synchronized List<Long> newPages() {
    return new ArrayList<>(newPages);
  }
}
