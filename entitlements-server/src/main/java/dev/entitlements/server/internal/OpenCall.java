package dev.entitlements.server.internal;

import java.util.concurrent.CompletableFuture;

/** Something of the host's that runs, and has to end when its owner closes. */
interface OpenCall {
  /** Completes when it has ended. */
  CompletableFuture<?> result();

  /** Its owner closes: it begins nothing more. */
  void stop();

  /** Its owner has waited long enough: it ends now. */
  void abandon();
}
