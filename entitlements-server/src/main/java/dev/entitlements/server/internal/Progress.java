package dev.entitlements.server.internal;

import dev.entitlements.EntitlementsException;
import org.jspecify.annotations.Nullable;

/**
 * How far a call has come.
 *
 * @param attempts how many attempts there were, the present one included
 * @param situation what it is doing, as a clause that fits into an error message
 * @param lastError why the last attempt failed, or null
 */
record Progress(int attempts, String situation, @Nullable EntitlementsException lastError) {
  static final Progress START = new Progress(1, "before it began", null);

  Progress now(String situation) {
    return new Progress(attempts, situation, lastError);
  }

  Progress failed(EntitlementsException error) {
    return new Progress(attempts + 1, situation, error);
  }
}
