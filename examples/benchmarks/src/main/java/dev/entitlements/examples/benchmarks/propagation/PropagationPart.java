package dev.entitlements.examples.benchmarks.propagation;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Part;
import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.Target;
import dev.entitlements.examples.benchmarks.floor.FloorPeer;
import dev.entitlements.examples.benchmarks.kit.Rounds;
import dev.entitlements.examples.benchmarks.ours.OurPeer;
import dev.entitlements.examples.benchmarks.peers.Peer;
import dev.entitlements.examples.benchmarks.plain.PlainPeer;
import dev.entitlements.examples.benchmarks.redis.RedisPeer;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * From the call of publish, or rather from when it was due, to the player's listener.
 *
 * <p>Whatever a peer sends goes over the same network: the backend's connections and the players'
 * alike pass the relay when there is a delay. So the set, the publish and the read take a round
 * trip each, and the push half of one.
 */
public final class PropagationPart implements Part {
  private static final Duration ONE_WAY = Duration.ofMillis(20);
  private static final List<Integer> BYTES = List.of(600, 20_000);

  /** With all networks, documents and peers. */
  public PropagationPart() {}

  @Override
  public String name() {
    return "propagation";
  }

  @Override
  public String description() {
    return "From the call of publish to the player's listener: on the loopback and with 20 ms more each"
        + " way, beside the plain pattern, bare stubs, and Redis if it is installed.";
  }

  @Override
  public Report run(Run run) throws Exception {
    List<Result> results = new ArrayList<>();
    try (World loopback = new World(Duration.ZERO)) {
      results.addAll(measure(run, loopback, Terms.onLoopback(run)));
    }
    try (World distant = new World(ONE_WAY)) {
      results.addAll(measure(run, distant, Terms.atDistance(run)));
    }
    return Report.of(
            results,
            "plain  the pattern on Momento's official SDK 1.21.0: set, publish; on each message get the"
                + " item",
            "floor  Momento's bare stubs: set, publish, the push; no JSON, no condition, no check",
            "redis  Redis with Lettuce, without TLS: SET, PUBLISH, GET on each message",
            "All but redis by TLS. States are due at a fixed rate and timed from when they were due, the"
                + " users in turn. With the delay it is on every connection, the backend's and the"
                + " players'.",
            "In round trips: ours takes 2 (conditional set; publish there and push back), floor as many,"
                + " plain 3 (and the get). A document of over 4 KB does not fit into a message, so that"
                + " every player has to read it: then ours and floor take 3, too, and plain's time cannot"
                + " be undercut.",
            "On the loopback a round trip takes hardly longer than a thread to wake up, and to write and"
                + " to read the document as JSON, on cores whose caches are cold, takes as long. Ours"
                + " does both, and hands over twice in the player, so that a listener that blocks holds"
                + " up nobody else; the SDK's player runs its callback where the bytes arrive. Of a"
                + " large document ours sends the old bytes, too, for the compare-and-set.")
        .with(PropagationPlot.of(results));
  }

  private static List<Result> measure(Run run, World world, Terms terms) throws Exception {
    List<Course> courses = open(world, terms.players());
    List<Result> results = new ArrayList<>();
    try {
      for (int bytes : BYTES) {
        Document document = new Document(bytes);
        String name = world.name() + ", " + document.name();
        Rounds.warmUp(
            terms.warmUpRounds(),
            courses,
            course -> course.send(document, terms.warmUp(), terms.warmUpInterval()));
        courses.forEach(Course::reset);
        Rounds.measure(
            run,
            terms.rounds(),
            courses,
            course -> course.send(document, terms.states(), terms.interval()));
        run.out().println(name + ": measured");
        results.addAll(results(name, courses, terms));
      }
    } finally {
      courses.forEach(Course::close);
    }
    return results;
  }

  /** All peers at the same time: to connect is mostly to wait. */
  private static List<Course> open(World world, int players) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Course> courses = new ArrayList<>();
    try {
      List<Future<Course>> opening =
          threads.invokeAll(
              peers().stream()
                  .<Callable<Course>>map(peer -> () -> new Course(peer, world, players))
                  .toList());
      ExecutionException failure = null;
      for (Future<Course> course : opening) {
        try {
          courses.add(course.get());
        } catch (ExecutionException e) {
          failure = e;
        }
      }
      if (failure != null) {
        courses.forEach(Course::close);
        throw new BenchmarkFailed("A peer could not be connected", failure);
      }
      return courses;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Ours is the first. */
  private static List<Peer> peers() {
    Optional<RedisPeer> redis = RedisPeer.ifInstalled();
    return Stream.concat(Stream.of(new OurPeer(), new PlainPeer(), new FloorPeer()), redis.stream())
        .toList();
  }

  private static List<Result> results(String name, List<Course> courses, Terms terms) {
    Course ours = courses.get(0);
    List<Result> results = new ArrayList<>();
    for (String percentile : List.of("50", "99")) {
      String title = name + ": p" + percentile;
      double p = Double.parseDouble(percentile);
      for (Course peer : courses.subList(1, courses.size())) {
        Target target = percentile.equals("50") ? terms.targetBeside(peer.peer().name()) : null;
        results.add(new Result(figure(title, ours, peer, p), target));
      }
      if (courses.stream().noneMatch(course -> course.peer().name().equals("redis"))) {
        results.add(Result.withoutPeer(without(title, "redis", ours, p), "not installed"));
      }
    }
    return results;
  }

  private static Figure figure(String title, Course ours, Course peer, double percentile) {
    return new Figure(
        "propagation",
        title,
        "ms",
        ours.samples().percentileMs(percentile),
        peer.samples().percentileMs(percentile),
        peer.peer().name(),
        ours.samples().count());
  }

  private static Figure without(String title, String peer, Course ours, double percentile) {
    return new Figure(
        "propagation",
        title,
        "ms",
        ours.samples().percentileMs(percentile),
        null,
        peer,
        ours.samples().count());
  }
}
