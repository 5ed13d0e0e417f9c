package dev.entitlements.server;

import dev.entitlements.EntitlementsException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of an {@link EntitlementPublisher#refreshAll}. Immutable.
 *
 * @param progress how far it came
 * @param failures who could not be refreshed, the first {@value #MAX_FAILURES} of them; {@link
 *     BulkListener#onFailure} is told of all
 * @param stoppedBy why it ended before the stream did, or empty if it did not
 */
public record BulkReport(
    BulkProgress progress, List<BulkFailure> failures, Optional<EntitlementsException> stoppedBy) {
  /** How many failures a report lists, at most. */
  public static final int MAX_FAILURES = 100;

  /**
   * Copies the list.
   *
   * @param progress how far it came
   * @param failures who could not be refreshed
   * @param stoppedBy why it ended before the stream did, or empty if it did not
   * @throws NullPointerException if a component is null
   */
  public BulkReport {
    Objects.requireNonNull(progress, "progress");
    failures = List.copyOf(failures);
    Objects.requireNonNull(stoppedBy, "stoppedBy");
  }
}
