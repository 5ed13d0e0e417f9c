package dev.entitlements.client.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.client.WatcherStatus.State;
import dev.entitlements.internal.Scheduler;
import dev.entitlements.momento.CacheReader.Consistency;
import dev.entitlements.testkit.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A simulated service, backend and network around one protocol, in virtual time. It knows the
 * truth, and after every event holds the protocol against it.
 */
final class World implements Effects {
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

  private final VirtualTime time;
  private final Random random;
  private final List<String> log = new ArrayList<>();
  private WatcherState state;

  // The service.
  /** The newest revision that was ever published. */
  private long newest;

  /** What the item holds: the newest revision, unless the item was set back. */
  private long stored;

  private boolean itemIsThere = true;
  private long sequence;
  private long page = 1;
  private boolean up = true;
  private final Map<Long, Wire> streams = new HashMap<>();

  /** How often it sends heartbeats, or empty if it sends none but the first. */
  private final Optional<Duration> heartbeats;

  // The host.
  private boolean sourceWorks = true;

  /** Whether a login stores the newest revision anew in place of an older one. */
  private final boolean loginMends;

  /** The fetch under way, or 0. */
  private long fetching;

  private int reading;

  /** Every fault is over, those too that come by chance. */
  private boolean calm;

  private final Map<TimerKind, Scheduler.Timer> timers = new EnumMap<>(TimerKind.class);
  private long lastShown;

  /**
   * Faults that the machine can notice only by reading: no promise holds until a read that began
   * later.
   */
  private boolean silentlyBehind;

  /** The item was set back, and nobody who knew it as it was has looked since. */
  private boolean silentlySetBack;

  World(long seed) {
    time = new VirtualTime(seed);
    random = new Random(seed);
    loginMends = random.nextBoolean();
    heartbeats =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(20 + random.nextInt(60)));
    state = WatcherState.initial(Settings.defaults(), null, time.now());
    publish(false);
  }

  void start() {
    on(Event.start());
  }

  String log() {
    return String.join("\n", log);
  }

  // ---- what can happen
  // -------------------------------------------------------------------------------------------

  void pass(Duration duration) {
    time.advance(duration);
  }

  /** The backend stores a new snapshot and notifies, unless the notification is lost. */
  void publish(boolean lost) {
    newest++;
    note("publish r" + newest + (lost ? " (lost)" : ""));
    store(lost);
  }

  private void store(boolean lost) {
    stored = newest;
    itemIsThere = true;
    sequence++;
    long revision = stored;
    long number = sequence;
    for (Wire wire : List.copyOf(streams.values())) {
      if (!wire.active) {
        continue;
      }
      if (lost || wire.mute) {
        silentlyBehind = true;
      } else {
        send(wire, revision, number);
      }
    }
  }

  private void send(Wire wire, long revision, long number) {
    boolean asNotice = random.nextInt(4) == 0;
    long onPage = page;
    int copies = random.nextInt(8) == 0 ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      wire.underway++;
      later(
          wire.nextArrival(time, random),
          () -> {
            wire.underway--;
            if (streams.get(wire.attempt) == wire && !wire.mute) {
              wire.heard(time);
              on(
                  Event.message(
                      wire.attempt,
                      asNotice ? Machine.notice(revision) : Machine.inline(revision),
                      number,
                      onPage));
            }
          });
    }
  }

  void repeatAnOldMessage() {
    for (Wire wire : streams.values()) {
      if (wire.active && !wire.mute && sequence > 1) {
        wire.heard(time);
        on(
            Event.message(
                wire.attempt,
                Machine.inline(1 + random.nextInt((int) newest)),
                sequence - 1,
                page));
        return;
      }
    }
  }

  void sayNonsense() {
    sequence++;
    for (Wire wire : List.copyOf(streams.values())) {
      if (wire.active && !wire.mute) {
        wire.heard(time);
        on(Event.badMessage(wire.attempt, Machine.error(ErrorKind.MALFORMED), sequence, page));
      }
    }
  }

  void resetTopic() {
    note("topic reset");
    page++;
    sequence = 0;
  }

  /** The peer is gone, and the transport does not know. */
  void goMute() {
    note("streams go mute");
    for (Wire wire : streams.values()) {
      if (wire.active && !wire.mute) {
        wire.mute = true;
        silentlyBehind |= wire.underway > 0;
      }
    }
  }

  private void beat(Wire wire, Duration interval) {
    later(
        interval,
        () -> {
          if (streams.get(wire.attempt) == wire && !wire.mute) {
            wire.heartbeats++;
            wire.heard(time);
            on(Event.heartbeat(wire.attempt));
            beat(wire, interval);
          }
        });
  }

  void discontinuity() {
    for (Wire wire : List.copyOf(streams.values())) {
      if (wire.active && !wire.mute) {
        wire.heard(time);
        on(Event.discontinuity(wire.attempt));
      }
    }
  }

  void endStreams(ErrorKind kind) {
    for (Wire wire : List.copyOf(streams.values())) {
      streams.remove(wire.attempt);
      on(Event.streamEnded(wire.attempt, Optional.of(Machine.error(kind))));
    }
  }

  void serverGoes() {
    note("server down");
    up = false;
    endStreams(ErrorKind.UNAVAILABLE);
  }

  void serverComes() {
    note("server up");
    up = true;
  }

  void itemRunsOut() {
    note("item gone");
    itemIsThere = false;
  }

  /**
   * It was lost, and somebody stored one whose revision goes on from elsewhere: always a lower one,
   * since a higher one that nobody is told of would be a lost notification.
   */
  void itemIsSetBack() {
    if (stored > 1) {
      itemIsThere = true;
      stored = 1 + random.nextInt((int) stored - 1);
      silentlySetBack = true;
      note("item set back to r" + stored);
    }
  }

  void sourceFails() {
    note("source fails");
    sourceWorks = false;
  }

  void sourceRecovers() {
    note("source recovers");
    sourceWorks = true;
  }

  void wallClockJumps(Duration by) {
    note("wall clock jumps " + by);
    time.jumpWallClock(by);
  }

  // ---- what the end must be
  // --------------------------------------------------------------------------------------

  /** P1: with every fault over, it comes to hold the last published snapshot, and knows it. */
  void assertConverges() {
    calm = true;
    serverComes();
    sourceRecovers();
    if (!loginMends && stored < newest) {
      publish(false);
    }
    pass(Duration.ofMinutes(30));
    assertThat(state.status().state()).isEqualTo(State.LIVE);
    assertThat(revision()).isEqualTo(newest);
  }

  /** P9: closed, it leaves nothing. */
  void assertClosesCleanly() {
    on(Event.close());
    assertThat(timers).isEmpty();
    assertThat(streams).isEmpty();
    int events = log.size();
    pass(Duration.ofHours(1));
    assertThat(state.isStopped()).isTrue();
    assertThat(log.subList(events, log.size()))
        .noneMatch(line -> line.contains("-> [") && !line.contains("-> []"));
  }

  private void assertPromises() {
    assertThat(streams.size()).as("streams").isLessThanOrEqualTo(2);
    silentlyBehind &= revision() < stored;
    streams.values().forEach(this::assertIsNotTrustedForTooLong);
    if (state.status().state() == State.LIVE && revision() < stored && !silentlyBehind) {
      boolean newsIsUnderway = streams.values().stream().anyMatch(wire -> wire.underway > 0);
      assertThat(newsIsUnderway)
          .as("P4: LIVE on r%d while r%d is stored, and no news under way", revision(), stored)
          .isTrue();
    }
    if (state.status().state() == State.LIVE && itemIsThere && !silentlySetBack) {
      assertThat(revision()).as("P4: LIVE on what is not stored").isLessThanOrEqualTo(stored);
    }
  }

  /** P4: silence after regular heartbeats is noticed. */
  private void assertIsNotTrustedForTooLong(Wire wire) {
    if (state.streams.isMain(wire.attempt) && wire.heartbeats >= 2) {
      Duration allowed =
          Duration.ofNanos(Math.max(Duration.ofSeconds(15).toNanos(), 4 * wire.longestGapNanos));
      assertThat(Duration.ofNanos(time.nanoTime() - wire.heardNanos))
          .as("silence of stream #" + wire.attempt)
          .isLessThanOrEqualTo(allowed);
    }
  }

  private long revision() {
    return state.snapshot().flatMap(VisibleSnapshot::active).map(Entitlements::revision).orElse(0L);
  }

  private void on(Event event) {
    Protocol.Step step = Protocol.step(state, event, Moment.of(time));
    state = step.state();
    note(event + " -> " + step.actions() + " " + state.status().state() + " r" + revision());
    step.actions().forEach(action -> action.perform(this));
    assertPromises();
  }

  private void note(String line) {
    log.add(Duration.ofNanos(time.nanoTime()) + " " + line);
  }

  private void later(Duration delay, Runnable task) {
    time.schedule(delay, task);
  }

  /** Whether a fault that comes once in so many times comes now. */
  private boolean strikes(int onceIn) {
    return random.nextInt(onceIn) == 0 && !calm;
  }

  private Duration latency() {
    return Duration.ofMillis(1 + random.nextInt(40));
  }

  // ---- effects
  // ---------------------------------------------------------------------------------------------------

  @Override
  public void fetchSession(long attempt) {
    assertThat(fetching).as("fetch in flight").isZero();
    fetching = attempt;
    boolean busy = strikes(20);
    later(busy ? Duration.ofSeconds(random.nextInt(100)) : latency(), () -> callSource(attempt));
  }

  private void callSource(long attempt) {
    if (fetching != attempt) {
      return;
    }
    on(Event.sessionAsked(attempt));
    if (strikes(30)) {
      note("the source hangs");
      return;
    }
    later(
        latency(),
        () -> {
          if (fetching == attempt) {
            fetching = 0;
          }
          if (sourceWorks && up) {
            logIn();
            on(Event.sessionFetched(attempt, session(attempt)));
          } else {
            on(Event.sessionFailed(attempt, Machine.error(ErrorKind.SOURCE_FAILED)));
          }
        });
  }

  /** A login stores the entitlements anew, and tells of it if they are not what was there. */
  private void logIn() {
    if (stored < newest && (!itemIsThere || loginMends)) {
      note("the login stores r" + newest);
      store(false);
    }
    itemIsThere = true;
  }

  @Override
  public void cancelFetch(long attempt) {
    fetching = 0;
  }

  private SessionToken session(long attempt) {
    SessionToken session =
        SessionToken.builder(Machine.USER)
            .token("token-" + attempt)
            .endpoint(URI.create("http://127.0.0.1:1"))
            .cacheName("entitlements")
            .serverTime(serverNow())
            .expiresAt(serverNow().plus(TOKEN_LIFE))
            .build();
    return random.nextBoolean() ? session : session.withSnapshot(Machine.snapshot(stored));
  }

  private Instant serverNow() {
    return Instant.parse("2026-11-24T00:00:00Z").plusNanos(time.nanoTime());
  }

  private boolean isGood(SessionToken session) {
    return serverNow().isBefore(session.expiresAt());
  }

  @Override
  public void openStream(long attempt, SessionToken session) {
    Wire wire = new Wire(attempt);
    streams.put(attempt, wire);
    if (strikes(20)) {
      note("stream #" + attempt + " never answers");
      return;
    }
    later(
        latency(),
        () -> {
          if (streams.get(attempt) != wire) {
            return;
          }
          if (!up || !isGood(session)) {
            streams.remove(attempt);
            ErrorKind kind = up ? ErrorKind.UNAUTHENTICATED : ErrorKind.UNAVAILABLE;
            on(Event.streamEnded(attempt, Optional.of(Machine.error(kind))));
            return;
          }
          wire.active = true;
          wire.heardNanos = time.nanoTime();
          heartbeats.ifPresent(interval -> beat(wire, interval));
          on(Event.streamActive(attempt));
          endAtExpiry(wire, session);
        });
  }

  private void endAtExpiry(Wire wire, SessionToken session) {
    later(
        Duration.between(serverNow(), session.expiresAt()),
        () -> {
          if (streams.remove(wire.attempt, wire)) {
            on(
                Event.streamEnded(
                    wire.attempt, Optional.of(Machine.error(ErrorKind.UNAUTHENTICATED))));
          }
        });
  }

  @Override
  public void cancelStream(long attempt) {
    if (streams.remove(attempt) != null && random.nextInt(3) == 0) {
      // The answer of a dropped attempt may still come.
      later(latency(), () -> on(Event.streamEnded(attempt, Optional.empty())));
    }
  }

  @Override
  public void read(long attempt, SessionToken session, Consistency consistency) {
    assertThat(reading++).as("reads in flight").isZero();
    long held = revision();
    // The service looks at some instant between the call and its answer.
    later(
        latency(),
        () -> {
          Answer answer = answer(attempt, session, consistency);
          later(
              latency(),
              () -> {
                reading--;
                silentlySetBack &= !answer.showsSetBackFrom(held);
                on(answer.event);
              });
        });
  }

  private Answer answer(long attempt, SessionToken session, Consistency consistency) {
    if (!up) {
      return new Answer(Event.readFailed(attempt, Machine.error(ErrorKind.UNAVAILABLE)), 0);
    }
    if (!isGood(session)) {
      return new Answer(Event.readFailed(attempt, Machine.error(ErrorKind.UNAUTHENTICATED)), 0);
    }
    if (!itemIsThere) {
      return new Answer(Event.readDone(attempt, Optional.empty()), 0);
    }
    boolean stale = consistency == Consistency.EVENTUAL && random.nextInt(3) == 0;
    long revision = stale ? Math.max(1, stored - 1) : stored;
    return new Answer(
        Event.readDone(attempt, Optional.of(Machine.snapshot(revision))),
        consistency == Consistency.EVENTUAL ? 0 : revision);
  }

  /**
   * What a read is told.
   *
   * @param surely the revision that a consistent read has found, or 0
   */
  private record Answer(Event event, long surely) {
    boolean showsSetBackFrom(long held) {
      return surely != 0 && surely < held;
    }
  }

  @Override
  public void cancelRead(long attempt) {}

  @Override
  public void setTimer(TimerKind kind, Duration delay) {
    cancelTimer(kind);
    assertThat(delay).as("delay of timer " + kind).isGreaterThanOrEqualTo(Duration.ZERO);
    timers.put(
        kind,
        time.schedule(
            delay,
            () -> {
              timers.remove(kind);
              on(Event.timer(kind));
            }));
  }

  @Override
  public void cancelTimer(TimerKind kind) {
    Scheduler.Timer timer = timers.remove(kind);
    if (timer != null) {
      timer.cancel();
    }
  }

  @Override
  public void show(VisibleSnapshot snapshot, Cause cause) {
    long revision = snapshot.active().get().revision();
    assertThat(revision).as("P2: the revision only rises").isGreaterThan(lastShown);
    lastShown = revision;
  }

  @Override
  public void report(EntitlementsException error) {
    note("reported " + error.kind());
  }

  /** One stream, on which messages keep their order most of the time. */
  private static final class Wire {
    final long attempt;
    boolean active;
    int underway;

    /** It is dead, and nobody knows. */
    boolean mute;

    /** After the first. */
    int heartbeats;

    long heardNanos;
    long longestGapNanos;
    private long lastArrival;

    Wire(long attempt) {
      this.attempt = attempt;
    }

    void heard(VirtualTime time) {
      longestGapNanos = Math.max(longestGapNanos, time.nanoTime() - heardNanos);
      heardNanos = time.nanoTime();
    }

    Duration nextArrival(VirtualTime time, Random random) {
      long arrival = time.nanoTime() + Duration.ofMillis(1 + random.nextInt(60)).toNanos();
      boolean reordered = random.nextInt(10) == 0;
      lastArrival = reordered ? arrival : Math.max(lastArrival, arrival);
      return Duration.ofNanos(lastArrival - time.nanoTime());
    }
  }
}
