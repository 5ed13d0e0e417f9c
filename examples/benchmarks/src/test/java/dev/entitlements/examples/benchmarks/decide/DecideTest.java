package dev.entitlements.examples.benchmarks.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import dev.entitlements.examples.benchmarks.world.ServerProcess;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.runner.options.TimeValue;

@Tag("P9")
@Timeout(120)
class DecideTest {

  @Test
  void aQuestionAllocatesNothingWhileUpdatesComeIn() throws Exception {
    try (ServerProcess server = new ServerProcess();
        ServerLink link = new ServerLink(server.address());
        Updates updates = new Updates(DecidePart.plaintext(link), "viewer", new Document(600))) {
      Jmh jmh = new Jmh(updates.open(), 1, 1, TimeValue.milliseconds(300));
      updates.begin(Duration.ofMillis(1));

      Measured measured = jmh.measure("isEntitled");

      assertThat(measured.bytes()).isZero();
      assertThat(measured.nanos()).isPositive();
      assertThat(measured.changesPerSecond()).isPositive();
      assertThat(measured.iterations()).isEqualTo(1);
    }
  }
}
