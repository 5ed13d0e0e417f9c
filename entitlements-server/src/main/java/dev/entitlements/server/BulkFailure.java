package dev.entitlements.server;

import dev.entitlements.EntitlementsException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One user who could not be refreshed.
 *
 * @param index her place in the stream, from 0
 * @param userId the id as it was in the stream, be it allowed or not
 * @param error why; of kind {@link dev.entitlements.ErrorKind#INVALID_REQUEST} if the id is not
 *     allowed
 */
public record BulkFailure(long index, @Nullable String userId, EntitlementsException error) {
  /**
   * Checks that the error is there.
   *
   * @param index her place in the stream, from 0
   * @param userId the id as it was in the stream, be it allowed or not
   * @param error why
   * @throws NullPointerException if the error is null
   */
  public BulkFailure {
    Objects.requireNonNull(error, "error");
  }
}
