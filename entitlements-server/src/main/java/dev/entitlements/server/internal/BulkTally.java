package dev.entitlements.server.internal;

import dev.entitlements.server.BulkFailure;
import dev.entitlements.server.BulkProgress;
import dev.entitlements.server.BulkReport;
import dev.entitlements.server.PublishReceipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/** What a bulk run has done so far. Belongs to the run's queue. */
final class BulkTally {
  private final OptionalLong total;
  private final TreeSet<Long> underWay = new TreeSet<>();
  private final List<BulkFailure> failures = new ArrayList<>();
  private long begun;
  private long published;
  private long unchanged;
  private long failed;

  BulkTally(OptionalLong total) {
    this.total = total;
  }

  /** Takes up the next id of the stream; answers with its index. */
  long begin() {
    underWay.add(begun);
    return begun++;
  }

  void succeeded(long index, PublishReceipt.Outcome outcome) {
    underWay.remove(index);
    if (outcome == PublishReceipt.Outcome.PUBLISHED) {
      published++;
    } else {
      unchanged++;
    }
  }

  void failed(BulkFailure failure) {
    underWay.remove(failure.index());
    failed++;
    if (failures.size() < BulkReport.MAX_FAILURES) {
      failures.add(failure);
    }
  }

  /** The first ones, not all. */
  List<BulkFailure> failures() {
    return failures;
  }

  BulkProgress progress(Duration elapsed) {
    long resumeAt = underWay.isEmpty() ? begun : underWay.first();
    return new BulkProgress(published, unchanged, failed, resumeAt, total, elapsed);
  }
}
