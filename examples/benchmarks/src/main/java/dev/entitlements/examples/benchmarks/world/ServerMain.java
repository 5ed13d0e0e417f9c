package dev.entitlements.examples.benchmarks.world;

import dev.entitlements.local.LocalMomento;
import java.io.IOException;
import java.util.logging.LogManager;

/** A local server in a process of its own: says where it is, and serves until its input ends. */
final class ServerMain {
  private ServerMain() {}

  public static void main(String[] args) throws IOException {
    LogManager.getLogManager().reset();
    try (LocalMomento server = LocalMomento.builder().cache(World.CACHE).tls().start()) {
      System.out.println(ServerAddress.of(server).toLine());
      while (System.in.read() >= 0) {
        // Nothing is said to it but goodbye.
      }
    }
    System.exit(0);
  }
}
