package dev.entitlements.examples.quickstart;

import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.WatcherStatus;
import dev.entitlements.client.WatcherStatus.State;
import dev.entitlements.local.LocalMomento;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What happens, step by step; each step ends the program if something does not hold. */
final class Story {
  private static final String VIEWER = "viewer-1";
  private static final String SOMEBODY_ELSE = "viewer-2";

  /** On the embedded server, which counts nothing. */
  private static final Pace FAST = new Pace(1000, 100, Duration.ZERO);

  /** Elsewhere: a round is three topic operations, and Momento allows ten a second by default. */
  private static final Pace GENTLE = new Pace(0, 10, Duration.ofMillis(500));

  private final Timeline timeline;
  private final BackendClient backend;
  private final List<Player> players;
  private final PlanCatalog catalog;
  private final String before;
  private final String bought;
  private final Optional<LocalMomento> embedded;

  Story(
      Timeline timeline,
      BackendClient backend,
      List<Player> players,
      PlanCatalog catalog,
      Optional<LocalMomento> embedded) {
    this.timeline = timeline;
    this.backend = backend;
    this.players = players;
    this.catalog = catalog;
    before = catalog.names().get(0);
    bought = catalog.names().get(1);
    this.embedded = embedded;
  }

  static String viewer() {
    return VIEWER;
  }

  void tell() throws IOException, InterruptedException {
    bothPlayersComeUp();
    sheBuys();
    theSameOnceWarm();
    aConnectionDrops();
    theTokenCanDoNoMore();
  }

  private void bothPlayersComeUp() {
    timeline.heading("She is on plan '" + before + "', and opens two players");
    long start = System.nanoTime();
    players.forEach(Player::start);
    for (Player player : players) {
      shows(player, player.awaitPlan(before), start, "its start");
      long live = player.awaitState(State.LIVE).nanos();
      timeline.lineAt(
          live, player.name(), "LIVE, " + Timeline.ms(live - start) + " after its start");
      requireIsEntitledTo(player, before);
    }
  }

  private void sheBuys() throws IOException, InterruptedException {
    timeline.heading("She buys '" + bought + "' (everything happens for the first time)");
    long start = checkout(bought);
    for (Player player : players) {
      shows(player, player.awaitPlan(bought), start, "the call of checkout");
      requireIsEntitledTo(player, bought);
    }
  }

  private void theSameOnceWarm() throws IOException, InterruptedException {
    Pace pace = embedded.isPresent() ? FAST : GENTLE;
    timeline.heading("The same again, to and fro, " + pace);
    long[] nanos = new long[pace.measured];
    for (int i = -pace.warmUp; i < pace.measured; i++) {
      TimeUnit.NANOSECONDS.sleep(pace.pause.toNanos());
      String plan = i % 2 == 0 ? before : bought;
      long start = System.nanoTime();
      backend.checkout(VIEWER, plan);
      long last = start;
      for (Player player : players) {
        last = Math.max(last, player.awaitPlan(plan).nanos());
      }
      if (i >= 0) {
        nanos[i] = last - start;
      }
    }
    Arrays.sort(nanos);
    timeline.line(
        "speed",
        "from the call of checkout to both players' listeners: p50 "
            + Timeline.ms(nanos[nanos.length / 2])
            + ", p90 "
            + Timeline.ms(nanos[nanos.length * 9 / 10])
            + ", max "
            + Timeline.ms(nanos[nanos.length - 1]));
  }

  private void aConnectionDrops() throws IOException, InterruptedException {
    if (embedded.isEmpty()) {
      timeline.heading(
          "Left out: a dropped connection, which only the embedded server can be told to make");
      return;
    }
    String missed = catalog.names().size() > 2 ? catalog.names().get(2) : before;
    timeline.heading("All connections drop, and she changes to '" + missed + "' meanwhile");
    long start = System.nanoTime();
    timeline.line("momento", "drops " + embedded.get().faults().dropConnections() + " connections");
    for (Player player : players) {
      Sighting<WatcherStatus> stale = player.awaitState(State.STALE);
      String why = stale.seen().reason().map(Enum::name).orElse("?");
      timeline.lineAt(stale.nanos(), player.name(), "STALE, " + why + ", still shows what it had");
    }
    checkout(missed);
    for (Player player : players) {
      shows(player, player.awaitPlan(missed), start, "the drop");
      long live = player.awaitState(State.LIVE).nanos();
      timeline.lineAt(
          live, player.name(), "LIVE again, " + Timeline.ms(live - start) + " after the drop");
      requireIsEntitledTo(player, missed);
    }
  }

  private void theTokenCanDoNoMore() throws IOException, InterruptedException {
    timeline.heading("The token in a player's hands, tried for more");
    try (LeastPrivilege token = new LeastPrivilege(timeline, backend.login(VIEWER))) {
      token.prove(SOMEBODY_ELSE);
    }
  }

  private long checkout(String plan) throws IOException, InterruptedException {
    long start = System.nanoTime();
    timeline.lineAt(start, "viewer", "POST /checkout plan=" + plan);
    backend.checkout(VIEWER, plan);
    return start;
  }

  private void shows(Player player, Sighting<EntitlementChange> change, long since, String what) {
    timeline.lineAt(
        change.nanos(),
        player.name(),
        "shows "
            + change.seen().current().entitlements().keySet()
            + " by "
            + change.seen().cause()
            + ", "
            + Timeline.ms(change.nanos() - since)
            + " after "
            + what);
  }

  /** What the player may do is what the plan grants, no more and no less. */
  private void requireIsEntitledTo(Player player, String plan) {
    for (String name : catalog.names()) {
      for (String id : grants(name)) {
        if (player.watcher().isEntitled(id) != grants(plan).contains(id)) {
          throw new StoryFailed(
              player.name() + " is wrong about '" + id + "' on plan '" + plan + "'");
        }
      }
    }
  }

  private Set<String> grants(String plan) {
    return catalog.content(VIEWER, plan, Instant.now()).entitlements().keySet();
  }

  /**
   * How often and how fast the purchase is repeated.
   *
   * @param warmUp rounds that are not counted
   * @param measured rounds that are
   * @param pause before each
   */
  private record Pace(int warmUp, int measured, Duration pause) {
    @Override
    public String toString() {
      return measured
          + " times"
          + (warmUp > 0 ? ", after " + warmUp + " that are not counted" : "")
          + (pause.isZero() ? "" : ", " + 1000 / pause.toMillis() + " a second");
    }
  }
}
