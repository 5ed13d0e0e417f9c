package dev.entitlements.examples.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import dev.entitlements.examples.benchmarks.world.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("P9")
@Timeout(120)
class FootprintTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  @EnabledOnOs(OS.LINUX)
  void watchersShareAConnectionAndThreadsAndPairsOfTheSdksClientsShareNoConnection()
      throws Exception {
    try (ServerProcess server = new ServerProcess()) {
      List<SessionToken> sessions;
      try (ServerLink link = new ServerLink(server.address())) {
        sessions = Logins.of(6, link.credentials());
      }

      Map<Integer, Census> ours =
          FootprintPart.censuses("ours", server.address(), sessions, List.of(2, 6), LIMIT);
      Map<Integer, Census> plain =
          FootprintPart.censuses("plain", server.address(), sessions, List.of(2), LIMIT);

      assertThat(ours.get(2)).extracting(Census::connections).isEqualTo(1);
      assertThat(ours.get(6)).extracting(Census::connections).isEqualTo(1);
      assertThat(ours.get(6).threads()).isBetween(1, 25);
      assertThat(ours.get(6).heapBytes()).isPositive();
      assertThat(plain.get(2)).extracting(Census::connections).isEqualTo(4);
    }
  }
}
