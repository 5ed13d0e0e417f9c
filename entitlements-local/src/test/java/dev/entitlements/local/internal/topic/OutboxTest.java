package dev.entitlements.local.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.entitlements.local.internal.Meter;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.topic.TopicEvent.Discontinuity;
import dev.entitlements.local.internal.topic.TopicEvent.Heartbeat;
import dev.entitlements.local.internal.topic.TopicEvent.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

@Tag("P9")
class OutboxTest {

  private enum Step {
    PUBLISH,
    SKIP,
    HEARTBEAT,
    RESET,
    READ_ONE,
    READ_ALL,
    STALL
  }

  /** A subscriber that reads as it is told. */
  private static final class Sink implements EventSink {
    private final List<TopicEvent> got = new ArrayList<>();
    private int willing;
    private boolean ended;

    @Override
    public boolean isReady() {
      return willing > 0;
    }

    @Override
    public Executor executor() {
      return Runnable::run;
    }

    @Override
    public void send(TopicEvent event) {
      assertThat(ended).isFalse();
      willing--;
      got.add(event);
    }

    @Override
    public void end(@Nullable Refusal refusal) {
      assertThat(ended).isFalse();
      ended = true;
    }
  }

  @Property
  void nothingIsMissedWithoutBeingTold(
      @ForAll @Size(max = 120) List<Step> steps, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    Sink sink = new Sink();
    Outbox outbox = new Outbox(capacity, sink, () -> false, new Meter());
    long sequence = 0;
    long page = 1;
    for (Step step : steps) {
      switch (step) {
        case PUBLISH -> outbox.enqueue(message(++sequence, page));
        case SKIP -> outbox.skip(message(++sequence, page));
        case HEARTBEAT -> outbox.enqueue(new Heartbeat());
        case RESET -> {
          outbox.enqueue(new Discontinuity(sequence, 1, ++page));
          sequence = 0;
        }
        case READ_ONE -> sink.willing = 1;
        case READ_ALL -> sink.willing = Integer.MAX_VALUE;
        case STALL -> sink.willing = 0;
      }
      outbox.drain();
    }
    sink.willing = Integer.MAX_VALUE;
    outbox.drain();

    long nextSequence = 1;
    long onPage = 1;
    for (TopicEvent event : sink.got) {
      if (event instanceof Message message) {
        assertThat(message.sequence()).isEqualTo(nextSequence++);
        assertThat(message.page()).isEqualTo(onPage);
      } else if (event instanceof Discontinuity told) {
        assertThat(told.page()).isGreaterThanOrEqualTo(onPage);
        if (told.page() == onPage) {
          assertThat(told.nextSequence()).isGreaterThan(nextSequence);
        }
        nextSequence = told.nextSequence();
        onPage = told.page();
      }
    }
    assertThat(onPage).isEqualTo(page);
    assertThat(nextSequence).as("all is delivered or told to be missing").isEqualTo(sequence + 1);
  }

  @Property
  void anEndComesLastAndOnce(@ForAll @Size(max = 20) List<Step> steps, @ForAll boolean reads) {
    Sink sink = new Sink();
    Outbox outbox = new Outbox(3, sink, () -> false, new Meter());
    sink.willing = reads ? Integer.MAX_VALUE : 0;
    long sequence = 0;
    for (Step step : steps) {
      if (step == Step.PUBLISH) {
        outbox.enqueue(message(++sequence, 1));
        outbox.drain();
      }
    }
    outbox.end(null);
    outbox.end(null);
    outbox.enqueue(message(++sequence, 1));
    outbox.drain();
    assertThat(sink.ended).isTrue();
    assertThat(sink.got).hasSize(reads ? (int) sequence - 1 : 0);
  }

  private static Message message(long sequence, long page) {
    return new Message(sequence, page, new TopicValue(true, ByteString.EMPTY), "");
  }
}
