package dev.entitlements.examples.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import dev.entitlements.examples.benchmarks.world.ServerProcess;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ScaleTest {

  @Test
  @Tag("P1")
  void aStateHasComeWhenAllDevicesHaveItHoweverManyThereAreAndHoweverLargeItIs() throws Exception {
    try (ServerProcess server = new ServerProcess();
        ServerLink link = new ServerLink(server.address());
        Backend backend = new Backend(link.credentials());
        Devices devices = new Devices("u", backend)) {
      devices.growTo(1);
      assertThat(devices.untilAllHave(new Document(600), 3)).isPositive();
      devices.growTo(4);
      assertThat(devices.untilAllHave(new Document(20_000), 3)).isPositive();
      assertThat(backend.refreshAll(0, 10).progress().failed()).isZero();
    }
  }

  @Test
  @Tag("P9")
  void aCostThatTurnsIntoASquareIsCaughtAtTheEndThoughItIsAStraightLineOverAll() {
    Growth growth = new Growth("cost", "ms");
    growth.add("1", 1, 30, 5);
    growth.add("10", 10, 40, 5);
    growth.add("100", 100, 4_000, 5);

    List<Result> results = growth.results("work", 1.1);

    assertThat(results).hasSize(5);
    assertThat(results.subList(0, 3)).allSatisfy(point -> assertThat(point.target()).isNull());
    assertThat(results.get(3).isReached()).contains(true);
    assertThat(results.get(4).isReached()).contains(false);
    assertThat(results.get(4).figure().ours()).isCloseTo(2, within(1e-9));
  }
}
