package dev.entitlements.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P10")
class ResultTest {

  @Test
  void theRatioIsOursToThePeers() {
    assertThat(figure(30.0, 40.0).ratio()).isEqualTo(0.75);
    assertThat(figure(0.0, 40.0).ratio()).isZero();
    assertThat(figure(30.0, 0.0).ratio()).isNull();
    assertThat(figure(null, 40.0).ratio()).isNull();
    assertThat(figure(30.0, null).ratio()).isNull();
  }

  @Test
  void aTargetIsReachedAtItsBoundAndMissedBeyondIt() {
    assertThat(new Result(figure(30.0, 40.0), Target.atMostOfPeer(0.75)).isReached())
        .contains(true);
    assertThat(new Result(figure(31.0, 40.0), Target.atMostOfPeer(0.75)).isReached())
        .contains(false);
    assertThat(new Result(figure(28.0, 40.0), Target.atLeastOfPeer(0.70)).isReached())
        .contains(true);
    assertThat(new Result(figure(27.0, 40.0), Target.atLeastOfPeer(0.70)).isReached())
        .contains(false);
    assertThat(new Result(figure(39.0, 40.0), Target.lessThanPeer()).isReached()).contains(true);
    assertThat(new Result(figure(40.0, 40.0), Target.lessThanPeer()).isReached()).contains(false);
    assertThat(new Result(figure(25.0, null), Target.atMost(25)).isReached()).contains(true);
    assertThat(new Result(figure(25.1, null), Target.atMost(25)).isReached()).contains(false);
  }

  @Test
  void withoutThePeersFigureNobodyCanSayWhetherAShareOfItIsReached() {
    assertThat(new Result(figure(30.0, null), Target.atMostOfPeer(0.75)).isReached()).isEmpty();
    assertThat(Result.of(figure(30.0, 40.0)).isReached()).isEmpty();
  }

  @Test
  void theTableShowsWhatWasMeasuredBesideWhatIsToBeReached() {
    assertThat(
            printed(
                new Result(figure(1234.5, 40.0), Target.atMostOfPeer(0.7)),
                new Result(figure(12.25, 40.0), Target.atMost(40)),
                new Result(figure(40.0, 40.0), Target.lessThanPeer()),
                Result.withoutPeer(figure(0.125, null), "not installed")))
        .containsExactly(
            "| case | unit |  ours |          peer |      |  ratio |       to reach | reached | samples |",
            "|------|------|------:|--------------:|-----:|-------:|---------------:|--------:|--------:|",
            "| c    | ms   | 1,235 |            40 | peer | 30.863 | ≤ 0.70 of peer |      NO |       7 |",
            "| c    | ms   |  12.3 |            40 | peer |  0.306 |           ≤ 40 |     yes |       7 |",
            "| c    | ms   |    40 |            40 | peer |  1.000 |         < peer |      NO |       7 |",
            "| c    | ms   | 0.125 | not installed | peer |        |                |         |       7 |",
            "  a note");
  }

  private static List<String> printed(Result... results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Report.of(List.of(results), "a note")
        .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Figure figure(Double ours, Double peer) {
    return new Figure("part", "c", "ms", ours, peer, "peer", 7);
  }
}
