package dev.entitlements.examples.benchmarks.footprint;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import dev.entitlements.examples.benchmarks.world.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * A process full of viewers. Each line of its input is a session, which becomes one more viewer, or
 * {@value #COUNT}; that is answered by what the process holds once all viewers are live, beyond
 * what it held before the first.
 */
final class ViewersMain {
  static final String COUNT = "count";

  private ViewersMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    LogManager.getLogManager().reset();
    try (ServerLink link = new ServerLink(args[1])) {
      Viewers viewers =
          args[0].equals("ours")
              ? new OurViewers()
              : new PlainViewers(link.credentials(), World.CACHE);
      serve(viewers, link.port());
    }
    System.exit(0);
  }

  private static void serve(Viewers viewers, int serverPort)
      throws IOException, InterruptedException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Census before = Census.take(serverPort);
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (line.equals(COUNT)) {
        viewers.awaitLive();
        System.out.println(Census.take(serverPort).since(before).toLine());
      } else {
        viewers.add(SessionToken.fromJson(line));
      }
    }
  }
}
