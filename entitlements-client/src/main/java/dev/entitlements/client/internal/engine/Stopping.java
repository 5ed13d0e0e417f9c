package dev.entitlements.client.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The wait of a close, which has an end. */
public final class Stopping {
  private static final long PATIENCE_MILLIS = 1000;

  private Stopping() {}

  /** Waits a second at most; an interrupt ends the wait, and is kept. */
  public static void await(CompletableFuture<Void> stopped) {
    try {
      stopped.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The threads are gone already, and with them everything that there was to stop.
    }
  }
}
