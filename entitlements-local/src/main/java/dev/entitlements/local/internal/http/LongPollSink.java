package dev.entitlements.local.internal.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.topic.EventSink;
import dev.entitlements.local.internal.topic.TopicEvent;
import dev.entitlements.local.internal.topic.TopicValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a long poll is to answer: all that was missed if something was, else the first thing
 * that comes.
 */
final class LongPollSink implements EventSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Executor executor;
  private final CompletableFuture<List<TopicEvent>> done = new CompletableFuture<>();

  // The executor's.
  private final List<TopicEvent> events = new ArrayList<>();
  private boolean subscribed;

  /**
   * Begins to gather.
   *
   * @param executor the event loop of the request
   */
  LongPollSink(Executor executor) {
    this.executor = executor;
  }

  /** The events to answer with; fails with a refusal. */
  CompletableFuture<List<TopicEvent>> whenDone() {
    return done;
  }

  /** To be called when all that was missed is on its way. */
  void subscribed() {
    executor.execute(this::allMissedWasSent);
  }

  private void allMissedWasSent() {
    subscribed = true;
    if (!events.isEmpty()) {
      complete();
    }
  }

  /** To be called when nothing came for too long. */
  void timeOut() {
    executor.execute(this::complete);
  }

  /** To be called when nobody waits for the answer any more. */
  void abandon() {
    done.complete(List.of());
  }

  @Override
  public boolean isReady() {
    return !done.isDone();
  }

  @Override
  public Executor executor() {
    return executor;
  }

  @Override
  public void send(TopicEvent event) {
    if (event instanceof TopicEvent.Heartbeat) {
      return;
    }
    events.add(event);
    if (subscribed) {
      complete();
    }
  }

  @Override
  public void end(@Nullable Refusal refusal) {
    if (refusal == null) {
      complete();
    } else {
      done.completeExceptionally(refusal);
    }
  }

  private void complete() {
    done.complete(List.copyOf(events));
  }

  static HttpResponse answer(List<TopicEvent> events) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode items = answer.putArray("items");
    for (TopicEvent event : events) {
      if (event instanceof TopicEvent.Message message) {
        write(message, items.addObject().putObject("item"));
      } else if (event instanceof TopicEvent.Discontinuity discontinuity) {
        items
            .addObject()
            .putObject("discontinuity")
            .put("last_topic_sequence", discontinuity.lastSequence())
            .put("new_topic_sequence", discontinuity.nextSequence())
            .put("new_sequence_page", discontinuity.page());
      }
    }
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, answer.toString());
  }

  private static void write(TopicEvent.Message message, ObjectNode item) {
    item.put("topic_sequence_number", message.sequence()).put("sequence_page", message.page());
    if (!message.publisherId().isEmpty()) {
      item.put("publisher_id", message.publisherId());
    }
    TopicValue value = message.value();
    if (value.isText()) {
      item.putObject("value").put("text", value.bytes().toStringUtf8());
    } else {
      item.putObject("value")
          .put("binary", Base64.getEncoder().encodeToString(value.bytes().toByteArray()));
    }
  }
}
