package dev.entitlements.examples.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.Entitlements;
import dev.entitlements.examples.benchmarks.floor.Stubs;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import dev.entitlements.examples.benchmarks.world.ServerProcess;
import dev.entitlements.examples.benchmarks.world.World;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PublishTest {
  private static final List<String> USERS = List.of("u", "v", "w");
  private static final Document DOCUMENT = new Document(600);

  @Test
  @Tag("P6")
  void bothSendersStoreOneStateAfterTheOtherOfEachUserInAnotherProcess() throws Exception {
    try (ServerProcess server = new ServerProcess();
        ServerLink link = new ServerLink(server.address());
        Stubs stubs = new Stubs(link.credentials(), World.CACHE);
        Sender floor =
            new FloorSender(
                link.credentials(), USERS.stream().map(u -> u + "-floor").toList(), DOCUMENT)) {
      try (Sender ours = new OurSender(link.credentials(), USERS, DOCUMENT)) {
        for (int i = 0; i < 7; i++) {
          ours.next().get(30, TimeUnit.SECONDS);
        }
      }
      List<? extends CompletableFuture<?>> overlapping =
          IntStream.range(0, 7).mapToObj(i -> floor.next()).toList();
      for (CompletableFuture<?> one : overlapping) {
        one.get(30, TimeUnit.SECONDS);
      }

      String item = stubs.get("u").get(30, TimeUnit.SECONDS).getCacheBody().toStringUtf8();
      assertThat(Document.numberOf(Entitlements.fromJson(item))).isEqualTo(7);
      assertThat(item).hasSizeBetween(590, 630);
      String bare = stubs.get("u-floor").get(30, TimeUnit.SECONDS).getCacheBody().toStringUtf8();
      assertThat(bare).matches("0{31}6x+").hasSize(600);
    }
  }

  @Test
  @Tag("P9")
  void aBulkRunIsLookedAtFiveTimesAndReachesEveryUser() throws Exception {
    try (ServerProcess server = new ServerProcess();
        ServerLink link = new ServerLink(server.address());
        Stubs stubs = new Stubs(link.credentials(), World.CACHE)) {
      Bulk bulk = new Bulk(100);

      assertThat(bulk.run(link.credentials(), DOCUMENT)).isPositive();

      assertThat(bulk.looks()).isEqualTo(5);
      assertThat(stubs.get("bulk-viewer-1").get(30, TimeUnit.SECONDS).getCacheBody().isEmpty())
          .isFalse();
      assertThat(stubs.get("bulk-viewer-100").get(30, TimeUnit.SECONDS).getCacheBody().isEmpty())
          .isFalse();
    }
  }
}
