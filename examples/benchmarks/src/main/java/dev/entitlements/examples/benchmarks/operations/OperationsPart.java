package dev.entitlements.examples.benchmarks.operations;

import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Part;
import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.Target;
import dev.entitlements.examples.benchmarks.ours.OurPeer;
import dev.entitlements.examples.benchmarks.plain.PlainPeer;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.World;
import dev.entitlements.local.Operations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many operations Momento bills for one update, which depends on the number of devices. */
public final class OperationsPart implements Part {
  private static final List<Integer> DEVICES = List.of(1, 2, 3, 10);
  private static final List<Document> DOCUMENTS = List.of(new Document(600), new Document(20_000));

  /** With nothing to set. */
  public OperationsPart() {}

  @Override
  public String name() {
    return "operations";
  }

  @Override
  public String description() {
    return "What Momento bills for an update, for 1, 2, 3 and 10 devices of a user, as the local"
        + " server counts it, beside the plain pattern.";
  }

  @Override
  public Report run(Run run) throws Exception {
    List<Result> results = new ArrayList<>();
    int updates = run.either(2, 10);
    try (World world = new World(Duration.ZERO);
        Bill ours = new Bill(new OurPeer(), world, DEVICES);
        Bill plain = new Bill(new PlainPeer(), world, DEVICES)) {
      ours.warmUp();
      plain.warmUp();
      for (Document document : DOCUMENTS) {
        for (int devices : DEVICES) {
          Figure figure =
              figure(
                  document.name() + ", " + named(devices),
                  ours.of(updates, document, devices),
                  plain.of(updates, document, devices),
                  updates);
          results.add(new Result(figure, target(devices)));
        }
      }
    }
    return Report.of(
        results,
        "One operation for each kilobyte begun of an item set or got, of a message published, and of"
            + " a message delivered to a device.",
        "ours   one conditional set and one publish, and a delivery to each device, which need not"
            + " read: the message is the document",
        "plain  a set, a publish, and to each device a delivery, after which it gets the item",
        "A document of over 4 KB does not fit into a message: then each device has to read it, ours"
            + " too, and the counts are equal. It is so for whoever keeps within Momento's limits.");
  }

  private static String named(int devices) {
    return devices == 1 ? "1 device" : devices + " devices";
  }

  /** With one device nothing is asked. */
  private static @Nullable Target target(int devices) {
    return devices == 1 ? null : Target.lessThanPeer();
  }

  private static Figure figure(String title, Operations ours, Operations plain, int updates) {
    return new Figure(
        "operations",
        title,
        "operations per update",
        (double) ours.billable() / updates,
        (double) plain.billable() / updates,
        "plain",
        updates);
  }
}
