package dev.entitlements.examples.benchmarks.publish;

import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Part;
import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.Target;
import dev.entitlements.examples.benchmarks.kit.Rounds;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import momento.sdk.auth.CredentialProvider;

/** How many refreshes get through, and whether memory grows with the number of users. */
public final class PublishPart implements Part {
  private static final int USERS = 1_000;
  private static final int AT_ONCE = 256;
  private static final Document DOCUMENT = new Document(600);
  private static final double MOST_HEAP_GROWTH_MB = 4;

  /** With its users and documents. */
  public PublishPart() {}

  @Override
  public String name() {
    return "publish";
  }

  @Override
  public String description() {
    return "Refreshes per second of 1,000 users, 256 at once, beside bare stubs that send the same"
        + " calls; and the heap over a bulk run of 100,000 users.";
  }

  @Override
  public Report run(Run run) throws Exception {
    try (ServerLink link = new ServerLink(run.server().address())) {
      Result rate = rate(run, link.credentials());
      List<Result> bulk = bulk(run, link.credentials());
      return Report.of(
          List.of(rate, bulk.get(0), bulk.get(1)),
          "Every refresh asks a source that says another thing each time, and is stored and told. The"
              + " server is a process of its own.",
          "floor  Momento's bare stubs, the same two calls for as many bytes: set if equal, publish;"
              + " one connection, as ours",
          "heap growth  what is in use after a collection, from a fifth of the bulk run on; in MB");
    }
  }

  private static Result rate(Run run, CredentialProvider credentials) throws Exception {
    Duration round = Duration.ofMillis(run.either(300, 1_000));
    try (Contestant ours =
            new Contestant(new OurSender(credentials, users("viewer"), DOCUMENT), AT_ONCE);
        Contestant floor =
            new Contestant(new FloorSender(credentials, users("floor"), DOCUMENT), AT_ONCE)) {
      List<Contestant> both = List.of(ours, floor);
      Rounds.warmUp(run.either(1, 12), both, contestant -> contestant.warmUp(round));
      Rounds.measure(run, run.either(2, 9), both, contestant -> contestant.measure(round));
      return new Result(
          new Figure(
              "publish",
              String.format(Locale.ROOT, "%,d users, %d at once", USERS, AT_ONCE),
              "refreshes/s",
              ours.perSecond(),
              floor.perSecond(),
              "floor",
              ours.rounds()),
          Target.atLeastOfPeer(0.70));
    }
  }

  private static List<Result> bulk(Run run, CredentialProvider credentials) throws Exception {
    int users = run.either(1_000, 100_000);
    Bulk bulk = new Bulk(users);
    double perSecond = bulk.run(credentials, DOCUMENT);
    String name = String.format(Locale.ROOT, "bulk run of %,d users", users);
    return List.of(
        Result.withoutPeer(
            new Figure("publish", name, "refreshes/s", perSecond, null, "none", users), "-"),
        new Result(
            new Figure(
                "publish",
                name + ": heap growth",
                "MB",
                bulk.heapGrowth() / 1e6,
                null,
                "none",
                bulk.looks()),
            Target.atMost(MOST_HEAP_GROWTH_MB),
            "-"));
  }

  private static List<String> users(String prefix) {
    return IntStream.rangeClosed(1, USERS).mapToObj(i -> prefix + "-" + i).toList();
  }
}
