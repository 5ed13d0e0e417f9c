package dev.entitlements.local.internal.topic;

import dev.entitlements.local.Quotas;
import dev.entitlements.local.internal.LimitName;
import dev.entitlements.local.internal.Limits;
import dev.entitlements.local.internal.Meter;
import dev.entitlements.local.internal.RateLimiter;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.Settings;
import dev.entitlements.local.internal.Timers;
import dev.entitlements.local.internal.auth.AccessControl;
import dev.entitlements.local.internal.auth.Authenticator;
import dev.entitlements.local.internal.auth.Operation;
import dev.entitlements.local.internal.auth.Principal;
import dev.entitlements.local.internal.auth.Resource;
import dev.entitlements.local.internal.auth.TokenLife;
import dev.entitlements.local.internal.cache.Caches;
import dev.entitlements.local.internal.fault.FaultBoard;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Publishing and subscribing, for every protocol: judged, counted, and carried out. */
public final class TopicHub {
  private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger admitted = new AtomicInteger();
  private final Caches caches;
  private final Topics topics;
  private final Timers timers;
  private final Settings settings;
  private final Quotas quotas;
  private final RateLimiter operations;
  private final TokenLife tokens;
  private final FaultBoard faults;
  private final Meter meter;

  public TopicHub(
      Settings settings,
      Caches caches,
      Timers timers,
      TokenLife tokens,
      FaultBoard faults,
      Meter meter) {
    this.settings = settings;
    this.caches = caches;
    this.timers = timers;
    this.tokens = tokens;
    this.faults = faults;
    this.meter = meter;
    this.quotas = settings.quotas();
    this.topics = new Topics(settings.replayDepth(), settings.clock());
    this.operations = new RateLimiter(quotas.topicOperationsPerSecond(), settings.clock());
  }

  /**
   * Puts the value on the topic. Whether anybody hears it is not told.
   *
   * @throws Refusal when the caller may not, or a limit is hit
   */
  public void publish(Principal principal, TopicName name, TopicValue value) {
    AccessControl.require(principal, Operation.PUBLISH, Resource.topic(name.cache(), name.topic()));
    caches.require(name.cache());
    Limits.checkTopicName(name.topic());
    Limits.checkMessage(value.bytes());
    if (!operations.tryAcquire(value.cost())) {
      throw Refusal.limit(LimitName.OPERATIONS_RATE, "Too many topic operations in one second");
    }
    meter.publish(value.bytes().size());
    Delivery delivery = new FaultyDelivery(name, operations, faults);
    topics.use(name, topic -> topic.publish(value, principal.tokenId(), delivery));
  }

  /**
   * Opens a subscription; its first event is a heartbeat.
   *
   * @param resumeAt first sequence number wanted; 0 for only what comes
   * @param resumePage page of that number; 0 when unknown
   * @throws Refusal when the caller may not, or a limit is hit
   */
  public Subscription subscribe(
      Principal principal, TopicName name, long resumeAt, long resumePage, EventSink sink) {
    AccessControl.require(
        principal, Operation.SUBSCRIBE, Resource.topic(name.cache(), name.topic()));
    caches.require(name.cache());
    Limits.checkTopicName(name.topic());
    Outbox outbox =
        new Outbox(
            settings.subscriberBuffer(),
            sink,
            () -> faults.silences(name.cache(), name.topic()),
            meter);
    Subscription subscription = new Subscription(name, principal, outbox, this);
    admit(subscription);
    meter.subscription();
    topics.use(name, topic -> topic.subscribe(outbox, resumeAt, resumePage));
    subscription.heartbeatsBy(timers.every(settings.heartbeatInterval(), subscription::heartbeat));
    if (subscription.isClosed()) {
      // It was ended before the topic knew it: the topic must not keep it.
      forget(subscription);
    }
    return subscription;
  }

  /** Starts a new page for the topic. */
  public void reset(TopicName name) {
    caches.require(name.cache());
    topics.reset(name);
  }

  /** Tells the topic's subscribers that so many messages were missed. */
  public void announceDiscontinuity(TopicName name, int missed) {
    caches.require(name.cache());
    topics.use(name, topic -> topic.announceDiscontinuity(missed));
  }

  /** Sends what faults held up. To be called when one is over. */
  public void catchUp() {
    open.forEach(Subscription::catchUp);
  }

  /** Starts new pages everywhere. */
  public void resetAll() {
    topics.resetAll(name -> true);
  }

  /** Ends open subscriptions; with no refusal they end normally. Returns how many. */
  public int end(Predicate<TopicName> which, @Nullable Refusal refusal) {
    List<Subscription> ending =
        open.stream().filter(subscription -> which.test(subscription.topic())).toList();
    ending.forEach(subscription -> subscription.end(refusal));
    return ending.size();
  }

  /** Ends the subscriptions of a cache that was deleted. */
  public void cacheDeleted(String cache) {
    open.stream()
        .filter(subscription -> subscription.topic().cache().equals(cache))
        .forEach(subscription -> subscription.end(Caches.missing(cache)));
    topics.resetAll(name -> name.cache().equals(cache));
  }

  /** Ends the subscriptions whose token has run out, if that is asked for. */
  public void endExpired() {
    if (settings.endStreamsAtTokenExpiry()) {
      open.stream()
          .filter(subscription -> tokens.isOver(subscription.subscriber()))
          .forEach(subscription -> subscription.end(Authenticator.expired()));
    }
  }

  /** A piece of housekeeping. */
  public void sweep() {
    topics.sweep();
  }

  /** How many subscriptions are open. */
  public int openSubscriptions() {
    return open.size();
  }

  void forget(Subscription subscription) {
    if (open.remove(subscription)) {
      admitted.decrementAndGet();
    }
    topics.unsubscribe(subscription.topic(), subscription.outbox());
  }

  private void admit(Subscription subscription) {
    if (admitted.incrementAndGet() > quotas.subscriptions()) {
      admitted.decrementAndGet();
      throw Refusal.limit(
          LimitName.TOPIC_SUBSCRIPTIONS,
          "Too many subscriptions: " + quotas.subscriptions() + " may be open at a time");
    }
    open.add(subscription);
  }
}
