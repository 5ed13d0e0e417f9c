package dev.entitlements.momento;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Channels connect only when they are used, and here they are not. */
@Tag("P9")
class ChannelPoolTest {
  private final List<ManagedChannel> made = new ArrayList<>();
  private final ChannelPool pool = new ChannelPool(this::newChannel);

  private ManagedChannel newChannel() {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", 1, InsecureChannelCredentials.create())
            .build();
    made.add(channel);
    return channel;
  }

  @AfterEach
  void close() {
    pool.shutDown();
    made.forEach(ManagedChannel::shutdownNow);
  }

  @Test
  void nothingIsOpenedBeforeItIsUsed() {
    assertThat(pool.size()).isZero();
    assertThat(made).isEmpty();
  }

  @Test
  void shortCallsShareOneConnection() {
    assertThat(pool.channel()).isSameAs(pool.channel());
    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void aConnectionTakes80SubscriptionsThenTheNextIsOpened() {
    Set<ManagedChannel> channels = new HashSet<>();
    lease(80).forEach(lease -> channels.add(lease.channel()));
    assertThat(channels).hasSize(1);
    assertThat(pool.size()).isEqualTo(1);
    assertThat(pool.lease().channel()).isNotIn(channels);
    assertThat(pool.size()).isEqualTo(2);
    assertThat(pool.channel()).as("the channel of short calls").isIn(channels);
  }

  @Test
  void aPlaceThatIsGivenBackIsTakenAgain() {
    List<ChannelPool.Lease> leases = lease(80);
    leases.get(17).close();
    assertThat(pool.lease().channel()).isSameAs(leases.get(17).channel());
    assertThat(pool.size()).isEqualTo(1);
    assertThat(pool.lease().channel()).isNotSameAs(leases.get(17).channel());
  }

  @Test
  void aPlaceIsGivenBackOnceHoweverOftenItIsClosed() {
    List<ChannelPool.Lease> leases = lease(80);
    leases.get(0).close();
    leases.get(0).close();
    lease(1);
    assertThat(pool.size()).isEqualTo(1);
    lease(1);
    assertThat(pool.size()).isEqualTo(2);
  }

  @Test
  void manySubscriptionsThatComeAndGoNeedNoMoreConnectionsThanAtOnce() {
    for (int i = 0; i < 20; i++) {
      lease(160).forEach(ChannelPool.Lease::close);
    }
    assertThat(pool.size()).isEqualTo(2);
    assertThat(made).hasSize(2);
  }

  @Test
  @Tag("P4")
  void aClosedPoolOpensNothingAndEveryErrorSaysSo() {
    lease(81);
    pool.channel();
    pool.shutDown();
    assertThat(made).allMatch(ManagedChannel::isShutdown);
    assertThat(pool.channel().isShutdown()).isTrue();
    assertThat(lease(200)).allMatch(lease -> lease.channel().isShutdown());
    assertThat(made).allMatch(ManagedChannel::isShutdown);
    EntitlementsException error = pool.errorOf("the call", Status.UNAVAILABLE, null);
    assertThat(error.kind()).isEqualTo(ErrorKind.CLOSED);
    assertThat(error).hasMessage("the call: the connection was closed");
  }

  @Test
  @Tag("P4")
  void anOpenPoolReportsWhatHappened() {
    assertThat(pool.errorOf("the call", Status.UNAUTHENTICATED, null).kind())
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  private List<ChannelPool.Lease> lease(int count) {
    List<ChannelPool.Lease> leases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leases.add(pool.lease());
    }
    return leases;
  }
}
