package dev.entitlements.client.internal.protocol;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.internal.TimeSource;
import dev.entitlements.internal.TopicMessage;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.testkit.VirtualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The protocol in a test's hands: what happened goes in, what is under way can be looked at. */
final class Machine implements Effects {
  static final String USER = "u-42";

  final VirtualTime time;
  WatcherState state;
  private boolean unlucky;
  final List<String> log = new ArrayList<>();

  /** Attempts under way, by number. */
  final List<Long> fetches = new ArrayList<>();

  final Map<Long, SessionToken> streams = new TreeMap<>();
  final Map<Long, Consistency> reads = new TreeMap<>();
  final Map<TimerKind, Duration> timers = new EnumMap<>(TimerKind.class);
  final List<Entitlements> shown = new ArrayList<>();
  final List<Cause> causes = new ArrayList<>();
  final List<EntitlementsException> reports = new ArrayList<>();

  Machine() {
    this(new VirtualTime(), Settings.defaults());
  }

  Machine(VirtualTime time, Settings settings) {
    this.time = time;
    this.state = WatcherState.initial(settings, null, time.now());
  }

  /** From now on each wait is as long as it can be. */
  Machine unlucky() {
    unlucky = true;
    return this;
  }

  /** The fetch under way answers. */
  Machine fetched(SessionToken session) {
    return on(Event.sessionFetched(fetches.remove(0), session));
  }

  /** There is a thread for the fetch, and the source is called. */
  Machine asked() {
    return on(Event.sessionAsked(fetches.get(0)));
  }

  Machine fetchFails(ErrorKind kind) {
    return on(Event.sessionFailed(fetches.remove(0), error(kind)));
  }

  /** The only read under way answers. */
  Machine hit(long revision) {
    return readDone(Optional.of(snapshot(revision)));
  }

  Machine readDone(Optional<Entitlements> item) {
    long attempt = read();
    reads.remove(attempt);
    return on(Event.readDone(attempt, item));
  }

  Machine readFails(ErrorKind kind) {
    long attempt = read();
    reads.remove(attempt);
    return on(Event.readFailed(attempt, error(kind)));
  }

  /** The stream ends by itself. */
  Machine streamEnds(long attempt, ErrorKind kind) {
    streams.remove(attempt);
    return on(Event.streamEnded(attempt, Optional.of(error(kind))));
  }

  Machine streamEnds(ErrorKind kind) {
    return streamEnds(stream(), kind);
  }

  Machine on(Event event) {
    Protocol.Step step = Protocol.step(state, event, Moment.of(unlucky ? unluckyTime() : time));
    log.add(time.now() + " " + event + " -> " + step.state().status() + " " + step.actions());
    state = step.state();
    step.actions().forEach(action -> action.perform(this));
    return this;
  }

  private TimeSource unluckyTime() {
    return new TimeSource() {
      @Override
      public Instant now() {
        return time.now();
      }

      @Override
      public long nanoTime() {
        return time.nanoTime();
      }

      @Override
      public double random() {
        return Math.nextDown(1.0);
      }
    };
  }

  /** Started, logged in, subscribed, read: live on this revision. */
  Machine live(long revision) {
    on(Event.start());
    fetched(session(Duration.ofHours(1)));
    on(Event.streamActive(stream()));
    return hit(revision);
  }

  Machine fire(TimerKind kind) {
    Duration delay = timers.remove(kind);
    if (delay == null) {
      throw new AssertionError("no timer " + kind + " runs, but " + timers);
    }
    time.advance(delay);
    return on(Event.timer(kind));
  }

  WatcherStatus.State status() {
    return state.status().state();
  }

  Optional<WatcherStatus.Reason> reason() {
    return state.status().reason();
  }

  long revision() {
    return state.snapshot().flatMap(VisibleSnapshot::active).map(Entitlements::revision).orElse(0L);
  }

  long stream() {
    return only(new ArrayList<>(streams.keySet()));
  }

  long read() {
    return only(new ArrayList<>(reads.keySet()));
  }

  private static long only(List<Long> attempts) {
    if (attempts.size() != 1) {
      throw new AssertionError("one attempt should be under way, but there are " + attempts);
    }
    return attempts.get(0);
  }

  SessionToken session(Duration life) {
    return session(USER, life);
  }

  SessionToken session(String user, Duration life) {
    return SessionToken.builder(user)
        .token("token-" + log.size())
        .endpoint(URI.create("http://127.0.0.1:1"))
        .cacheName("entitlements")
        .serverTime(time.now())
        .expiresAt(time.now().plus(life))
        .build();
  }

  static Entitlements snapshot(long revision) {
    return snapshot(revision, Entitlement.of("plan-" + revision));
  }

  static Entitlements snapshot(long revision, Entitlement... entitlements) {
    return Entitlements.of(
        Entitlements.Content.of(USER, entitlements),
        revision,
        Instant.parse("2026-11-24T00:00:00Z"));
  }

  static TopicMessage inline(long revision) {
    return decode(snapshot(revision).toJson());
  }

  static TopicMessage notice(long revision) {
    return decode(EntitlementsCodec.encodeNotice(USER, revision));
  }

  private static TopicMessage decode(String json) {
    return EntitlementsCodec.decodeMessage(USER, json.getBytes(StandardCharsets.UTF_8));
  }

  static EntitlementsException error(ErrorKind kind) {
    return new EntitlementsException(kind, "as the test says");
  }

  @Override
  public void fetchSession(long attempt) {
    fetches.add(attempt);
  }

  @Override
  public void cancelFetch(long attempt) {
    fetches.remove(attempt);
  }

  @Override
  public void openStream(long attempt, SessionToken session) {
    streams.put(attempt, session);
  }

  @Override
  public void cancelStream(long attempt) {
    streams.remove(attempt);
  }

  @Override
  public void read(long attempt, SessionToken session, Consistency consistency) {
    reads.put(attempt, consistency);
  }

  @Override
  public void cancelRead(long attempt) {
    reads.remove(attempt);
  }

  @Override
  public void setTimer(TimerKind kind, Duration delay) {
    timers.put(kind, delay);
  }

  @Override
  public void cancelTimer(TimerKind kind) {
    timers.remove(kind);
  }

  @Override
  public void show(VisibleSnapshot snapshot, Cause cause) {
    shown.add(snapshot.active().get());
    causes.add(cause);
  }

  @Override
  public void report(EntitlementsException error) {
    reports.add(error);
  }
}
