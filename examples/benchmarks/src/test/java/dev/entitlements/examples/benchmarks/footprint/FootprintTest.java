package dev.entitlements.examples.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import dev.entitlements.examples.benchmarks.world.ServerProcess;
import java.time.Duration;
import java.util.List;
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

      try (Crowd ours = new Crowd("ours", server.address())) {
        assertThat(ours.growTo(2, sessions, LIMIT).connections()).isEqualTo(1);
        Census six = ours.growTo(6, sessions, LIMIT);
        assertThat(six.connections()).isEqualTo(1);
        assertThat(six.threads()).isBetween(1, 25);
        assertThat(six.heapBytes()).isPositive();
      }
      try (Crowd plain = new Crowd("plain", server.address())) {
        assertThat(plain.growTo(2, sessions, LIMIT).connections()).isEqualTo(4);
      }
    }
  }
}
