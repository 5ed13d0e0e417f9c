package dev.entitlements.examples.benchmarks.scale;

import dev.entitlements.examples.benchmarks.Part;
import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What becomes of the costs when there is more of everything. */
public final class ScalePart implements Part {
  /** A straight line, and some noise. */
  private static final double MOST_SLOPE = 1.1;

  /** In users, watchers and bytes. */
  public ScalePart() {}

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String description() {
    return "How costs grow: from 1,000 to 100,000 users, 10 to 1,000 watchers, 0.5 to 100 KB.";
  }

  @Override
  public Report run(Run run) throws Exception {
    List<Result> results = new ArrayList<>();
    try (ServerLink link = new ServerLink(run.server().address());
        Backend backend = new Backend(link.credentials())) {
      results.addAll(Users.measure(run, backend));
      results.addAll(documents(run, backend));
      results.addAll(watchers(run, backend));
    }
    return Report.of(
        results,
        "The slope is that of the logarithms, by least squares: 1 is a straight line through the"
            + " origin, 0 no growth at all.",
        "one refresh  of the last 1,000 users, whose items the publisher remembers; and of any user,"
            + " by a publisher that remembers none and reads the item first",
        "watchers  of one user, all on one runtime: from the call of publish to the last one's listener",
        "document  from the call of publish to the listener of one watcher; beyond 4 KB it reads the item");
  }

  private static List<Result> watchers(Run run, Backend backend) throws InterruptedException {
    int states = run.either(5, 40);
    List<Integer> steps = run.quick() ? List.of(10, 50, 200) : List.of(10, 100, 1_000);
    Growth growth = new Growth("until all have it, p50", "ms");
    Document document = new Document(600);
    try (Devices devices = new Devices("fan", backend)) {
      for (int watchers : steps) {
        devices.growTo(watchers);
        double unused = devices.untilAllHave(document, run.either(2, 20));
        growth.add(
            String.format(Locale.ROOT, "%,d watchers", watchers),
            watchers,
            devices.untilAllHave(document, states),
            states);
        run.sampleNoise();
      }
    }
    return growth.results("watchers", MOST_SLOPE);
  }

  private static List<Result> documents(Run run, Backend backend) throws InterruptedException {
    int states = run.either(5, 150);
    List<Integer> steps =
        run.quick() ? List.of(500, 3_000, 30_000) : List.of(500, 3_000, 10_000, 30_000, 100_000);
    Growth growth = new Growth("until it is there, p50", "ms");
    try (Devices device = new Devices("reader", backend)) {
      device.growTo(1);
      // All sizes once, so that none pays for the compiler alone.
      for (int bytes : steps) {
        double unused = device.untilAllHave(new Document(bytes), states);
      }
      for (int bytes : steps) {
        Document document = new Document(bytes);
        growth.add(document.name(), bytes, device.untilAllHave(document, states), states);
      }
      run.sampleNoise();
    }
    return growth.results("document", MOST_SLOPE);
  }
}
