package dev.entitlements.client.internal.protocol;

import static dev.entitlements.client.internal.protocol.Machine.inline;
import static dev.entitlements.client.internal.protocol.Machine.notice;
import static dev.entitlements.client.internal.protocol.Machine.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlement;
import dev.entitlements.ErrorKind;
import dev.entitlements.client.EntitlementChange.Cause;
import dev.entitlements.client.WatcherStatus.Reason;
import dev.entitlements.client.WatcherStatus.State;
import dev.entitlements.momento.CacheReader.Consistency;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the watcher does about each thing that can happen, one row at a time. */
class ProtocolTest {
  private final Machine machine = new Machine();

  @Nested
  @Tag("P1")
  class Start {
    @Test
    void fetchesASessionThenOpensAStreamAndReadsOnlyOnceThatIsActive() {
      machine.on(Event.start());
      assertThat(machine.fetches).hasSize(1);
      assertThat(machine.streams).isEmpty();

      machine.fetched(machine.session(Duration.ofHours(1)));
      assertThat(machine.streams).hasSize(1);
      assertThat(machine.reads).isEmpty();

      machine.on(Event.streamActive(machine.stream()));
      assertThat(machine.reads.values()).containsExactly(Consistency.CONSISTENT);
      assertThat(machine.status()).isEqualTo(State.STARTING);

      machine.hit(5);
      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.revision()).isEqualTo(5);
    }

    @Test
    void showsTheSessionsOwnSnapshotBeforeAnythingIsConnected() {
      machine
          .on(Event.start())
          .fetched(machine.session(Duration.ofHours(1)).withSnapshot(snapshot(3)));

      assertThat(machine.shown).containsExactly(snapshot(3));
      assertThat(machine.causes).containsExactly(Cause.LOGIN);
      assertThat(machine.status()).isEqualTo(State.STARTING);
    }

    @Test
    void keepsWhatIsPushedWhileTheReadIsUnderWay() {
      machine.on(Event.start()).fetched(machine.session(Duration.ofHours(1)));
      machine.on(Event.streamActive(machine.stream()));

      machine.on(Event.message(machine.stream(), inline(7), 1, 1)).hit(5);

      assertThat(machine.revision()).isEqualTo(7);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @Test
    void startingTwiceChangesNothing() {
      machine.on(Event.start()).on(Event.start());

      assertThat(machine.fetches).hasSize(1);
    }
  }

  @Nested
  @Tag("P1")
  class StreamEnd {
    @ParameterizedTest
    @EnumSource(
        value = ErrorKind.class,
        names = {"SIGNED_OUT", "CLOSED", "RATE_LIMITED", "UNAUTHENTICATED"},
        mode = EnumSource.Mode.EXCLUDE)
    void ofAStreamThatWorkedIsFollowedByANewOneWithin250Ms(ErrorKind kind) {
      machine.live(5).streamEnds(kind);

      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.timers.get(TimerKind.STREAM)).isLessThanOrEqualTo(Duration.ofMillis(250));

      machine.fire(TimerKind.STREAM).on(Event.streamActive(machine.stream())).hit(6);
      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.revision()).isEqualTo(6);
    }

    @Test
    void withoutAnErrorIsAnEndToo() {
      machine.live(5);
      machine.on(Event.streamEnded(machine.stream(), Optional.empty()));

      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(Reason.CONNECTION_LOST);
      assertThat(machine.timers).containsKey(TimerKind.STREAM);
    }

    @Test
    void backsOffFurtherEachTimeUpTo30Seconds() {
      machine.live(5).unlucky();
      failFor(Duration.ofMinutes(5));

      assertThat(failAgain()).isBetween(Duration.ofMillis(29_999), Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({
      "0,30000",
      "9,30000",
      "10,16000",
      "20,8000",
      "30,4000",
      "40,2000",
      "59,1000",
      "60,250"
    })
    void isForgivenBitByBitWhileStreamsAreHealthy(int healthySeconds, long longestWaitMillis) {
      machine.live(5).unlucky();
      failFor(Duration.ofMinutes(5));

      reconnect();
      machine.time.advance(Duration.ofSeconds(healthySeconds));

      assertThat(failAgain().toMillis()).isBetween(longestWaitMillis - 1, longestWaitMillis);
    }

    @Test
    void isForgivenWhicheverStreamCarriedTheHealth() {
      machine.live(5).unlucky();
      failFor(Duration.ofMinutes(5));
      reconnect();

      for (int i = 0; i < 3; i++) {
        machine.time.advance(Duration.ofSeconds(20));
        machine.on(Event.timer(TimerKind.SESSION)).fetched(machine.session(Duration.ofHours(1)));
        machine.on(Event.streamActive(Collections.max(machine.streams.keySet()))).hit(5);
      }

      assertThat(failAgain()).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void ofTheStreamThatIsToTakeOverIsAFailureThoughTheOldOneGoesOn() {
      machine.live(5).unlucky();
      machine.on(Event.timer(TimerKind.SESSION)).fetched(machine.session(Duration.ofHours(1)));

      assertThat(
              Stream.generate(this::theNextStreamEnds)
                  .limit(20)
                  .reduce((first, last) -> last)
                  .orElseThrow())
          .isGreaterThan(Duration.ofSeconds(29));
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    private Duration theNextStreamEnds() {
      machine.streamEnds(Collections.max(machine.streams.keySet()), ErrorKind.UNAVAILABLE);
      Duration wait = machine.timers.get(TimerKind.STREAM);
      machine.fire(TimerKind.STREAM);
      return wait;
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 15, 30, 60})
    void everySoManySecondsOnABadNetworkNeverMakesItWaitForLong(int seconds) {
      machine.live(5).unlucky();
      for (int i = 0; i < 40; i++) {
        machine.time.advance(Duration.ofSeconds(seconds));
        assertThat(failAgain()).isLessThanOrEqualTo(Duration.ofMillis(250));
        reconnect();
      }
    }

    @Test
    void neverMakesItWaitForLongerThanTheTroubleHasLasted() {
      machine.live(5).unlucky();
      long trouble = machine.time.nanoTime();
      for (int failures = 0; failures < 12; failures++) {
        Duration wait = failAgain();

        long lasted = Duration.ofNanos(machine.time.nanoTime() - trouble).toMillis();
        long ceiling = Math.min(Math.min(250L << failures, 30_000), Math.max(250, lasted));
        assertThat(wait.toMillis()).isBetween(ceiling - 2, ceiling);
      }
    }

    @Test
    void thatComesOnceForAllCountsAsTroubleFromThenOnOnly() {
      machine.live(5).unlucky();
      failFor(Duration.ofMinutes(5));
      reconnect();
      machine.time.advance(Duration.ofSeconds(60));

      assertThat(failAgain()).isLessThanOrEqualTo(Duration.ofMillis(250));
      assertThat(failAgain()).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    @Tag("P4")
    void saysWhenTheNextTryComes() {
      machine.live(5).unlucky();
      for (int i = 0; i < 10; i++) {
        machine.streamEnds(ErrorKind.UNAVAILABLE);
        assertThat(machine.state.status().nextRetry())
            .contains(machine.time.now().plus(machine.timers.get(TimerKind.STREAM)));

        machine.fire(TimerKind.STREAM);
        assertThat(machine.state.status().nextRetry()).isEmpty();
      }
    }

    private void failFor(Duration duration) {
      long end = machine.time.nanoTime() + duration.toNanos();
      while (machine.time.nanoTime() < end) {
        failAgain();
      }
    }

    /** How long it waits after a failure that comes now, or as soon as it has tried again. */
    private Duration failAgain() {
      if (machine.streams.isEmpty()) {
        machine.fire(TimerKind.STREAM);
      }
      machine.streamEnds(ErrorKind.UNAVAILABLE);
      return machine.timers.get(TimerKind.STREAM);
    }

    private void reconnect() {
      machine.fire(TimerKind.STREAM).on(Event.streamActive(machine.stream())).hit(5);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @ParameterizedTest
    @CsvSource({"PERMISSION_DENIED,ACCESS_DENIED", "CACHE_NOT_FOUND,CACHE_NOT_FOUND"})
    void ofAStreamThatNeverOpenedIsNotRetriedHotWhenItWillNotPassByItself(
        ErrorKind kind, Reason reason) {
      machine.on(Event.start()).fetched(machine.session(Duration.ofHours(1))).streamEnds(kind);

      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(reason);
      assertThat(machine.timers.get(TimerKind.STREAM))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void forLackOfQuotaWaitsASecondAtLeast() {
      machine.live(5).streamEnds(ErrorKind.RATE_LIMITED);

      assertThat(machine.timers.get(TimerKind.STREAM))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
      assertThat(machine.reason()).contains(Reason.RATE_LIMITED);
    }

    @Test
    void comesWhenTheFirstHeartbeatIsLate() {
      machine.on(Event.start()).fetched(machine.session(Duration.ofHours(1)));

      machine.fire(TimerKind.FIRST_HEARTBEAT);

      assertThat(machine.streams).isEmpty();
      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.timers).containsKey(TimerKind.STREAM);
    }

    @Test
    void ofADroppedAttemptIsIgnored() {
      machine.live(5);
      long first = machine.stream();
      machine.streamEnds(ErrorKind.UNAVAILABLE).fire(TimerKind.STREAM);

      machine.on(Event.streamEnded(first, Optional.empty())).on(Event.streamActive(first));
      machine.on(Event.message(first, inline(99), 1, 1));

      assertThat(machine.streams).hasSize(1);
      assertThat(machine.reads).isEmpty();
      assertThat(machine.revision()).isEqualTo(5);
    }
  }

  @Nested
  @Tag("P4")
  class Silence {
    private void beats(int times, Duration apart) {
      for (int i = 0; i < times; i++) {
        machine.time.advance(apart);
        machine.on(Event.heartbeat(machine.stream()));
      }
    }

    @ParameterizedTest
    @CsvSource({"1,15", "3,15", "5,20", "60,240"})
    void afterRegularHeartbeatsIsTheEndOfTheStream(int apartSeconds, int silenceSeconds) {
      machine.live(5);
      beats(4, Duration.ofSeconds(apartSeconds));

      long lastHeard = machine.time.nanoTime();
      while (machine.timers.containsKey(TimerKind.SILENCE)) {
        machine.fire(TimerKind.SILENCE);
      }

      assertThat(Duration.ofNanos(machine.time.nanoTime() - lastHeard)).hasSeconds(silenceSeconds);
      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(Reason.CONNECTION_LOST);
      assertThat(machine.streams).isEmpty();
      assertThat(machine.timers).containsKey(TimerKind.STREAM);
    }

    @Test
    void meansNothingWithoutThreeHeartbeats() {
      machine.live(5);
      beats(1, Duration.ofSeconds(5));
      assertThat(machine.timers).doesNotContainKey(TimerKind.SILENCE);

      beats(1, Duration.ofSeconds(5));
      assertThat(machine.timers.get(TimerKind.SILENCE)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void meansNothingAfterMessagesOrABurstOfHeartbeats() {
      machine.live(5);
      beats(9, Duration.ofMillis(100));
      for (int i = 1; i < 9; i++) {
        machine.time.advance(Duration.ofSeconds(2));
        machine.on(Event.message(machine.stream(), inline(5 + i), i, 1));
      }

      assertThat(machine.timers).doesNotContainKey(TimerKind.SILENCE);
    }

    @Test
    void isBrokenByAnySignOfLife() {
      machine.live(5);
      beats(3, Duration.ofSeconds(5));
      machine.time.advance(Duration.ofSeconds(14));
      machine.on(Event.message(machine.stream(), inline(6), 1, 1));

      machine.timers.put(TimerKind.SILENCE, Duration.ofSeconds(1)); // what is left of the 20
      machine.fire(TimerKind.SILENCE);

      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.timers.get(TimerKind.SILENCE))
          .as("four times 14 s, of which one second has passed")
          .isEqualTo(Duration.ofSeconds(55));
    }

    @Test
    void isCountedForEachStreamByItself() {
      machine.live(5);
      beats(3, Duration.ofSeconds(5));

      machine.streamEnds(ErrorKind.UNAVAILABLE);
      assertThat(machine.timers).doesNotContainKey(TimerKind.SILENCE);

      machine.fire(TimerKind.STREAM).on(Event.streamActive(machine.stream())).hit(5);
      assertThat(machine.timers).doesNotContainKey(TimerKind.SILENCE);
    }

    @Test
    void ofTheOldStreamNoLongerMattersAfterARotation() {
      machine.live(5);
      beats(3, Duration.ofSeconds(5));
      machine.fire(TimerKind.SESSION).fetched(machine.session(Duration.ofHours(1)));
      long next = machine.streams.keySet().stream().mapToLong(Long::longValue).max().getAsLong();

      machine.on(Event.streamActive(next)).hit(5);

      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.timers).doesNotContainKey(TimerKind.SILENCE);
    }
  }

  @Nested
  @Tag("P1")
  class Messages {
    @Test
    void bringNewsAtOnce() {
      machine.live(5).on(Event.message(machine.stream(), inline(6), 1, 1));

      assertThat(machine.revision()).isEqualTo(6);
      assertThat(machine.causes).endsWith(Cause.PUSH);
      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.reads).isEmpty();
    }

    @Test
    @Tag("P2")
    void thatAreOlderOrRepeatedAreIgnored() {
      machine.live(5).on(Event.message(machine.stream(), inline(4), 1, 1));
      machine.on(Event.message(machine.stream(), inline(5), 2, 1));

      assertThat(machine.shown).hasSize(1);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @Test
    @Tag("P4")
    void thatAreNoticesSendToTheCacheUntilTheRevisionIsSeen() {
      machine.live(5).on(Event.message(machine.stream(), notice(6), 1, 1));
      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(Reason.CATCHING_UP);
      assertThat(machine.reads.values()).containsExactly(Consistency.EVENTUAL);

      machine.hit(5);
      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reads.values()).containsExactly(Consistency.CONSISTENT);

      machine.hit(5);
      assertThat(machine.status()).isEqualTo(State.STALE);
      machine.fire(TimerKind.READ).hit(6);
      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.revision()).isEqualTo(6);
    }

    @Test
    void thatAreOldNoticesAreIgnored() {
      machine.live(5).on(Event.message(machine.stream(), notice(5), 1, 1));

      assertThat(machine.reads).isEmpty();
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @ParameterizedTest
    @CsvSource({"3,1", "1,2"})
    @Tag("P4")
    void withAGapOrOnANewPageCastDoubtUntilTheCacheIsRead(long number, long page) {
      machine.live(5).on(Event.message(machine.stream(), inline(6), 1, 1));

      machine.on(Event.message(machine.stream(), inline(7), number, page));

      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(Reason.CATCHING_UP);
      machine.hit(8);
      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.revision()).isEqualTo(8);
    }

    @Test
    @Tag("P4")
    void missingAtADiscontinuityCastDoubtUntilTheCacheIsRead() {
      machine.live(5).on(Event.discontinuity(machine.stream()));

      assertThat(machine.status()).isEqualTo(State.STALE);
      machine.hit(6);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @Test
    @Tag("P4")
    void missedWhileAReadIsUnderWayTakeAnotherRead() {
      machine.live(5).on(Event.discontinuity(machine.stream()));
      machine.on(Event.discontinuity(machine.stream()));

      machine.hit(5);
      assertThat(machine.status()).isEqualTo(State.STALE);
      machine.hit(6);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @ParameterizedTest
    @EnumSource(
        value = ErrorKind.class,
        names = {"MALFORMED", "UNKNOWN_SCHEMA", "FOREIGN_USER"})
    @Tag("P5")
    void thatCannotBeReadAreReportedAndChangeNothing(ErrorKind kind) {
      machine.live(5).on(Event.badMessage(machine.stream(), Machine.error(kind), 1, 1));

      assertThat(machine.reports).hasSize(1);
      assertThat(machine.reason()).contains(Reason.BAD_DATA);
      assertThat(machine.revision()).isEqualTo(5);
      machine.hit(5);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @Test
    void thatComeAfterBadDataMakeItLookAgainWithoutWaiting() {
      machine
          .live(5)
          .on(Event.badMessage(machine.stream(), Machine.error(ErrorKind.MALFORMED), 1, 1));
      machine.readFails(ErrorKind.MALFORMED);
      assertThat(machine.timers.get(TimerKind.READ)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));

      machine.on(Event.message(machine.stream(), inline(6), 2, 1)).hit(6);

      assertThat(machine.status()).isEqualTo(State.LIVE);
    }
  }

  @Nested
  @Tag("P1")
  class Reads {
    @Test
    @Tag("P5")
    void thatMissKeepTheSnapshotAndFetchASessionWhoseLoginStoresItAnew() {
      machine.live(5).fire(TimerKind.RECONCILE).readDone(Optional.empty());

      assertThat(machine.revision()).isEqualTo(5);
      assertThat(machine.fetches).hasSize(1);
      machine.fetched(machine.session(Duration.ofHours(1)).withSnapshot(snapshot(6)));
      assertThat(machine.revision()).isEqualTo(6);
    }

    @Test
    void thatMissAreRepeatedEvenIfTheLoginNeverSucceeds() {
      machine.live(5).fire(TimerKind.RECONCILE).readDone(Optional.empty());
      machine.fetchFails(ErrorKind.SOURCE_FAILED);

      machine.fire(TimerKind.RECONCILE).hit(6);

      assertThat(machine.revision()).isEqualTo(6);
    }

    @Test
    void thatMissAgainAndAgainDoNotLogInHot() {
      machine.on(Event.start()).fetched(machine.session(Duration.ofHours(1)));
      machine.on(Event.streamActive(machine.stream())).readDone(Optional.empty());

      assertThat(machine.fetches).isEmpty();
      assertThat(machine.timers).containsKey(TimerKind.SESSION);
      assertThat(machine.reason()).contains(Reason.ITEM_MISSING);
    }

    @Test
    @Tag("P4")
    void thatFailWhileTheStreamLivesCastNoDoubtAndAreRepeated() {
      machine.live(5).fire(TimerKind.RECONCILE).readFails(ErrorKind.UNAVAILABLE);

      assertThat(machine.status()).isEqualTo(State.LIVE);
      machine.fire(TimerKind.READ).hit(6);
      assertThat(machine.revision()).isEqualTo(6);
    }

    @Test
    @Tag("P5")
    void thatFindNonsenseAreReportedAndChangeNothing() {
      machine.live(5).fire(TimerKind.RECONCILE).readFails(ErrorKind.MALFORMED);

      assertThat(machine.reports).hasSize(1);
      assertThat(machine.revision()).isEqualTo(5);
      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(Reason.BAD_DATA);
      assertThat(machine.timers.get(TimerKind.READ)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void comeByThemselvesEveryFiveMinutesOrSo() {
      machine.live(5);

      assertThat(machine.timers.get(TimerKind.RECONCILE))
          .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
      machine.fire(TimerKind.RECONCILE);
      assertThat(machine.reads.values()).containsExactly(Consistency.EVENTUAL);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @Test
    @Tag("P2")
    void thatFindAnOlderItemSetNothingBackAndMayBeStale() {
      machine.live(5).fire(TimerKind.RECONCILE).hit(4);

      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.reads.values()).containsExactly(Consistency.CONSISTENT);
      machine.hit(5);
      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.revision()).isEqualTo(5);
      assertThat(machine.shown).hasSize(1);
      assertThat(machine.fetches).isEmpty();
    }

    @Test
    @Tag("P2")
    @Tag("P4")
    void thatFindTheItemSetBackDoNotCallTheCopyCurrentAndAskForALogin() {
      setBackTo(4);

      assertThat(machine.revision()).isEqualTo(5);
      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(Reason.OLDER_ITEM);
      assertThat(machine.reports).hasSize(0);
      machine.fetched(machine.session(Duration.ofHours(1)).withSnapshot(snapshot(6)));
      machine.on(Event.streamActive(Collections.max(machine.streams.keySet()))).hit(6);
      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.shown).extracting(s -> s.revision()).containsExactly(5L, 6L);
    }

    @Test
    void thatGoOnFindingItSetBackLogInNoMoreAndAreRare() {
      setBackTo(4);
      machine.fetched(machine.session(Duration.ofHours(1)));
      machine.on(Event.streamActive(Collections.max(machine.streams.keySet()))).hit(4);
      assertThat(machine.streams).as("the new stream has taken over").hasSize(1);

      for (int i = 0; i < 20; i++) {
        assertThat(machine.fetches).isEmpty();
        assertThat(machine.reason()).contains(Reason.OLDER_ITEM);
        assertThat(machine.timers.get(TimerKind.READ))
            .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(60));
        machine.fire(TimerKind.READ).hit(4);
      }

      machine.on(Event.message(machine.stream(), inline(6), 1, 1)).hit(6);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    private void setBackTo(long revision) {
      machine.live(5).fire(TimerKind.RECONCILE).hit(revision).hit(revision);
    }

    @Test
    void thatBeganBeforeTheNewsFindAnOlderItemRightly() {
      machine.live(5).on(Event.discontinuity(machine.stream()));
      machine.on(Event.message(machine.stream(), inline(6), 1, 1)).hit(5);

      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.revision()).isEqualTo(6);
    }
  }

  @Nested
  @Tag("P1")
  class Sessions {
    @Test
    void areReplacedAt80PercentOfTheirLife() {
      machine.live(5);

      assertThat(machine.timers.get(TimerKind.SESSION))
          .isBetween(Duration.ofMinutes(45), Duration.ofMinutes(51));
    }

    @Test
    @Tag("P4")
    void areReplacedStreamByStreamWithoutAGap() {
      machine.live(5).fire(TimerKind.SESSION).fetched(machine.session(Duration.ofHours(1)));
      assertThat(machine.streams).as("the old stream goes on beside the new one").hasSize(2);
      long old = machine.streams.keySet().stream().mapToLong(Long::longValue).min().getAsLong();
      long next = machine.streams.keySet().stream().mapToLong(Long::longValue).max().getAsLong();

      machine.on(Event.streamActive(next));
      assertThat(machine.streams).as("and until a read that began after it is in").hasSize(2);
      machine
          .on(Event.message(old, inline(6), 1, 1))
          .on(Event.message(next, inline(6), 1, 1))
          .hit(6);

      assertThat(machine.streams).containsOnlyKeys(next);
      assertThat(machine.status()).isEqualTo(State.LIVE);
      assertThat(machine.shown).extracting(s -> s.revision()).containsExactly(5L, 6L);
    }

    @Test
    void areReplacedAtOnceWhenTheTokenThatWorkedIsRefused() {
      machine.live(5).streamEnds(ErrorKind.UNAUTHENTICATED);

      assertThat(machine.fetches).hasSize(1);
      assertThat(machine.reason()).contains(Reason.TOKEN_REFUSED);
      assertThat(machine.timers).doesNotContainKey(TimerKind.STREAM);
      machine.fetched(machine.session(Duration.ofHours(1)));
      machine.on(Event.streamActive(machine.stream())).hit(6);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @Test
    void areNotFetchedHotWhenEachTokenIsRefused() {
      machine.on(Event.start()).fetched(machine.session(Duration.ofHours(1)));

      machine.streamEnds(ErrorKind.UNAUTHENTICATED);

      assertThat(machine.fetches).isEmpty();
      assertThat(machine.timers).containsKey(TimerKind.SESSION);
    }

    @Test
    void whoseStreamFailsLeaveTheOldOneAloneAndAreTriedAgain() {
      machine.live(5).fire(TimerKind.SESSION).fetched(machine.session(Duration.ofHours(1)));
      long next = machine.streams.keySet().stream().mapToLong(Long::longValue).max().getAsLong();

      machine.streamEnds(next, ErrorKind.UNAVAILABLE);

      assertThat(machine.status()).isEqualTo(State.LIVE);
      machine.fire(TimerKind.STREAM);
      assertThat(machine.streams).hasSize(2);
    }

    @Test
    @Tag("P4")
    void whoseOldStreamEndsFirstTakeOver() {
      machine.live(5).fire(TimerKind.SESSION).fetched(machine.session(Duration.ofHours(1)));
      long old = machine.streams.keySet().stream().mapToLong(Long::longValue).min().getAsLong();

      machine.streamEnds(old, ErrorKind.UNAVAILABLE);

      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.timers)
          .containsKey(TimerKind.FIRST_HEARTBEAT)
          .doesNotContainKey(TimerKind.HANDOVER);
      machine.on(Event.streamActive(machine.stream())).hit(6);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @Test
    @Tag("P4")
    void thatCannotBeFetchedLeaveItLiveAsLongAsTheOldOneIsGood() {
      machine.live(5).fire(TimerKind.SESSION).fetchFails(ErrorKind.SOURCE_FAILED);

      assertThat(machine.status()).isEqualTo(State.LIVE);
      while (machine.status() == State.LIVE) {
        machine.fire(TimerKind.SESSION).fetchFails(ErrorKind.SOURCE_FAILED);
      }
      assertThat(machine.reason()).contains(Reason.SESSION_UNAVAILABLE);
      assertThat(machine.revision()).isEqualTo(5);
    }

    @Test
    void thatTakeTooLongCountAsFailed() {
      machine.on(Event.start()).asked();

      machine.fire(TimerKind.SESSION);

      assertThat(machine.fetches).isEmpty();
      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(Reason.SESSION_UNAVAILABLE);
      machine.fire(TimerKind.SESSION);
      assertThat(machine.fetches).hasSize(1);
    }

    @Test
    void haveAllTheirTimeFromWhenTheSourceIsCalled() {
      machine.on(Event.start());
      machine.time.advance(Duration.ofSeconds(29));

      machine.asked();

      assertThat(machine.timers.get(TimerKind.SESSION)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    @Tag("P4")
    void thatWaitForAThreadKeepTheirPlaceAndSaySo() {
      machine.on(Event.start());

      machine.fire(TimerKind.SESSION).fire(TimerKind.SESSION);

      assertThat(machine.fetches).hasSize(1);
      assertThat(machine.status()).isEqualTo(State.STALE);
      assertThat(machine.reason()).contains(Reason.SESSION_UNAVAILABLE);
      assertThat(machine.state.status().failures()).isEqualTo(2);
      machine.asked().fetched(machine.session(Duration.ofHours(1)));
      machine.on(Event.streamActive(machine.stream())).hit(5);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @Test
    @Tag("P5")
    void ofAnotherUserAreRefused() {
      machine
          .live(5)
          .fire(TimerKind.SESSION)
          .fetched(machine.session("somebody-else", Duration.ofHours(1)));

      assertThat(machine.reports).extracting(e -> e.kind()).containsExactly(ErrorKind.FOREIGN_USER);
      assertThat(machine.streams).hasSize(1);
      assertThat(machine.status()).isEqualTo(State.LIVE);
    }

    @Test
    void thatHaveRunOutAlreadyCountAsFailed() {
      machine.on(Event.start()).fetched(machine.session(Duration.ZERO));

      assertThat(machine.streams).isEmpty();
      assertThat(machine.reason()).contains(Reason.SESSION_UNAVAILABLE);
      assertThat(machine.timers).containsKey(TimerKind.SESSION);
    }

    @Test
    @Tag("P4")
    void thatAreOverBecauseTheUserSignedOutStopIt() {
      machine.live(5).fire(TimerKind.SESSION).fetchFails(ErrorKind.SIGNED_OUT);

      assertThat(machine.status()).isEqualTo(State.STOPPED);
      assertThat(machine.reason()).contains(Reason.SIGNED_OUT);
      assertThat(machine.streams).isEmpty();
      assertThat(machine.timers).isEmpty();
    }
  }

  @Nested
  @Tag("P1")
  class Expiry {
    @Test
    void isAChangeAtThatInstant() {
      machine.on(Event.start()).fetched(machine.session(Duration.ofHours(1)));
      machine.on(Event.streamActive(machine.stream()));
      Entitlement trial =
          Entitlement.builder("trial").validUntil(machine.time.now().plusSeconds(10)).build();
      machine.readDone(Optional.of(snapshot(5, trial, Entitlement.of("free"))));
      assertThat(machine.timers.get(TimerKind.EXPIRY)).isEqualTo(Duration.ofSeconds(10));

      machine.fire(TimerKind.EXPIRY);

      assertThat(machine.causes).endsWith(Cause.EXPIRY);
      assertThat(machine.shown.get(1).entitlements()).containsOnlyKeys("free");
      assertThat(machine.shown.get(1).revision()).isEqualTo(5);
      assertThat(machine.timers).doesNotContainKey(TimerKind.EXPIRY);
    }

    @Test
    void goesByTheBackendsTimeWhateverTheWallClockDoes() {
      machine.on(Event.start()).fetched(machine.session(Duration.ofHours(1)));
      Entitlement trial =
          Entitlement.builder("trial").validUntil(machine.time.now().plusSeconds(10)).build();
      machine.time.jumpWallClock(Duration.ofDays(-300));
      machine.on(Event.streamActive(machine.stream())).readDone(Optional.of(snapshot(5, trial)));

      assertThat(machine.timers.get(TimerKind.EXPIRY)).isEqualTo(Duration.ofSeconds(10));
      machine.time.advance(Duration.ofSeconds(10));
      assertThat(
              machine
                  .state
                  .snapshot()
                  .get()
                  .at(machine.time.nanoTime())
                  .active()
                  .get()
                  .entitlements())
          .isEmpty();
    }

    @Test
    void inTheFarFutureIsLookedAtOnceADay() {
      machine.on(Event.start()).fetched(machine.session(Duration.ofHours(1)));
      Entitlement lasting =
          Entitlement.builder("lasting")
              .validUntil(java.time.Instant.parse("9999-12-31T00:00:00Z"))
              .build();
      machine.on(Event.streamActive(machine.stream())).readDone(Optional.of(snapshot(5, lasting)));

      assertThat(machine.timers.get(TimerKind.EXPIRY)).isEqualTo(Duration.ofDays(1));
      machine.fire(TimerKind.EXPIRY);
      assertThat(machine.shown).hasSize(1);
      assertThat(machine.timers).containsKey(TimerKind.EXPIRY);
    }
  }

  @Nested
  @Tag("P9")
  class Close {
    @Test
    void endsEverythingFromAnyState() {
      machine.live(5).fire(TimerKind.SESSION).fetched(machine.session(Duration.ofHours(1)));
      machine.on(Event.discontinuity(machine.streams.keySet().iterator().next()));

      machine.on(Event.close());

      assertThat(machine.streams).isEmpty();
      assertThat(machine.reads).isEmpty();
      assertThat(machine.timers).isEmpty();
      assertThat(machine.status()).isEqualTo(State.STOPPED);
      assertThat(machine.reason()).contains(Reason.CLOSED);
    }

    @Test
    void isFinal() {
      machine.on(Event.close()).on(Event.start());

      assertThat(machine.fetches).isEmpty();
      assertThat(machine.status()).isEqualTo(State.STOPPED);
    }
  }
}
