package dev.entitlements.local.internal.topic;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One topic: its sequence, its newest messages and its subscribers. Under the lock events are put
 * in order and queued at the subscribers; they are sent after the lock is released.
 */
final class Topic {
  private final ReentrantLock lock = new ReentrantLock();
  private final int replayDepth;

  // Guarded by the lock.
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private final ArrayDeque<TopicEvent.Message> newest = new ArrayDeque<>();
  private long page;
  private long nextSequence = 1;
  private boolean retired;

  Topic(long page, int replayDepth) {
    this.page = page;
    this.replayDepth = replayDepth;
  }

  /**
   * Gives the value the next sequence number and queues it at each subscriber.
   *
   * @param delivery delivers to one subscriber
   * @return false when the topic was retired and another has taken its place
   */
  boolean publish(TopicValue value, String publisherId, Delivery delivery) {
    List<Subscriber> told;
    lock.lock();
    try {
      if (retired) {
        return false;
      }
      TopicEvent.Message message = new TopicEvent.Message(nextSequence++, page, value, publisherId);
      remember(message);
      told = List.copyOf(subscribers);
      told.forEach(subscriber -> delivery.deliver(message, subscriber));
    } finally {
      lock.unlock();
    }
    told.forEach(Subscriber::drain);
    return true;
  }

  /**
   * Adds the subscriber, with a heartbeat and then what it missed queued for it.
   *
   * @param resumeAt the first sequence number it wants; 0 for only what comes
   * @param resumePage the page it was on; 0 when it does not know
   * @return false when the topic was retired and another has taken its place
   */
  boolean subscribe(Subscriber subscriber, long resumeAt, long resumePage) {
    lock.lock();
    try {
      if (retired) {
        return false;
      }
      subscriber.enqueue(new TopicEvent.Heartbeat());
      replay(subscriber, resumeAt, resumePage);
      subscribers.add(subscriber);
    } finally {
      lock.unlock();
    }
    subscriber.drain();
    return true;
  }

  void unsubscribe(Subscriber subscriber) {
    lock.lock();
    try {
      subscribers.remove(subscriber);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets the messages and starts a new page; subscribers are told of it. */
  void reset(long newPage) {
    List<Subscriber> told;
    lock.lock();
    try {
      TopicEvent.Discontinuity discontinuity =
          new TopicEvent.Discontinuity(nextSequence - 1, 1, newPage);
      page = newPage;
      nextSequence = 1;
      newest.clear();
      told = List.copyOf(subscribers);
      told.forEach(subscriber -> subscriber.enqueue(discontinuity));
    } finally {
      lock.unlock();
    }
    told.forEach(Subscriber::drain);
  }

  /**
   * Tells the subscribers that messages were missed, though the page is the same.
   *
   * @param missed how many sequence numbers are skipped; 0 for a false alarm
   */
  boolean announceDiscontinuity(int missed) {
    List<Subscriber> told;
    lock.lock();
    try {
      if (retired) {
        return false;
      }
      TopicEvent.Discontinuity discontinuity =
          new TopicEvent.Discontinuity(nextSequence - 1, nextSequence + missed, page);
      nextSequence += missed;
      if (missed > 0) {
        // What is kept for replay has no holes.
        newest.clear();
      }
      told = List.copyOf(subscribers);
      told.forEach(subscriber -> subscriber.enqueue(discontinuity));
    } finally {
      lock.unlock();
    }
    told.forEach(Subscriber::drain);
    return true;
  }

  /** Retires the topic if nobody listens: it takes nothing any more. True when it is retired. */
  boolean retireIfIdle() {
    lock.lock();
    try {
      retired = subscribers.isEmpty();
      return retired;
    } finally {
      lock.unlock();
    }
  }

  private void replay(Subscriber subscriber, long resumeAt, long resumePage) {
    boolean otherPage = resumePage != 0 && resumePage != page;
    if (resumeAt == 0 && !otherPage) {
      return;
    }
    long oldest = nextSequence - newest.size();
    // On another page the numbers that the subscriber knows mean nothing.
    long from = otherPage ? oldest : Math.max(resumeAt, oldest);
    if (otherPage || resumeAt < oldest) {
      subscriber.enqueue(new TopicEvent.Discontinuity(Math.max(resumeAt - 1, 0), oldest, page));
    }
    for (TopicEvent.Message message : newest) {
      if (message.sequence() >= from) {
        subscriber.enqueue(message);
      }
    }
  }

  private void remember(TopicEvent.Message message) {
    newest.addLast(message);
    while (newest.size() > replayDepth) {
      newest.removeFirst();
    }
  }
}
