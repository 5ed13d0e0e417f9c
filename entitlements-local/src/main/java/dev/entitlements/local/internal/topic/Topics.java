package dev.entitlements.local.internal.topic;

import dev.entitlements.local.internal.Limits;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The topics, which come into being when they are first used. */
final class Topics {
  /** From so many on, those that nobody listens to are forgotten, as the cloud does. */
  private static final int KEPT = 10_000;

  private final ConcurrentHashMap<TopicName, Topic> topics = new ConcurrentHashMap<>();
  private final SequencePages pages;
  private final int replayDepth;

  Topics(int replayDepth, Clock clock) {
    this.replayDepth = replayDepth;
    this.pages = new SequencePages(clock);
  }

  /** Runs the step on the topic, and again on its successor if it was retired meanwhile. */
  void use(TopicName name, Predicate<Topic> step) {
    Limits.checkTopicName(name.topic());
    while (!step.test(topic(name))) {
      // A retired topic is on its way out of the map: the next round finds or makes another.
      Thread.onSpinWait();
    }
  }

  void unsubscribe(TopicName name, Subscriber subscriber) {
    Topic topic = topics.get(name);
    if (topic != null) {
      topic.unsubscribe(subscriber);
    }
  }

  void reset(TopicName name) {
    Limits.checkTopicName(name.topic());
    topic(name).reset(pages.next());
  }

  /** Starts new pages for all topics of the cache, or of all caches. */
  void resetAll(Predicate<TopicName> which) {
    topics.forEach(
        (name, topic) -> {
          if (which.test(name)) {
            topic.reset(pages.next());
          }
        });
  }

  /** Forgets topics that nobody listens to, once there are many. */
  void sweep() {
    if (topics.size() > KEPT) {
      topics.values().removeIf(Topic::retireIfIdle);
    }
  }

  private Topic topic(TopicName name) {
    return topics.computeIfAbsent(name, key -> new Topic(pages.next(), replayDepth));
  }
}
