package dev.entitlements.server;

import dev.entitlements.local.LocalMomento;

/** One server for all tests that do nothing to it: starting and stopping one takes its time. */
final class SharedMomento {
  static final LocalMomento INSTANCE =
      LocalMomento.builder().apiKey("the-backends-own-key").start();

  private SharedMomento() {}
}
