package dev.entitlements.local;

import static dev.entitlements.local.NetworkRelay.Direction.TO_CLIENT;
import static dev.entitlements.local.NetworkRelay.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** By what is seen on plain sockets, and by Momento's own stubs. */
@Tag("P4")
@Timeout(60)
class NetworkRelayTest {
  private LocalMomento momento;
  private NetworkRelay relay;

  @BeforeEach
  void start() {
    momento = LocalMomento.builder().heartbeatInterval(Duration.ofMillis(10)).start();
    relay = momento.relay();
  }

  @AfterEach
  void stop() {
    relay.close();
    momento.close();
  }

  @Test
  void callsAndStreamsGoThrough() {
    try (Client client = new Client(relay.endpoint(), momento.apiKey())) {
      Stream stream = client.subscribe("t").active();
      client.set("k", "x".repeat(4 << 20), 60_000);
      assertThat(client.get("k").getCacheBody().size()).isEqualTo(4 << 20);
      client.publish("t", "m");
      assertThat(stream.text()).isEqualTo("m");
      assertThat(relay.connections()).isEqualTo(1);
    }
    await().until(() -> relay.connections() == 0);
  }

  @Test
  void inFrontOfAnotherServerItHasNoCredentialsToGive() throws IOException {
    try (Pair pair = new Pair()) {
      pair.client.getOutputStream().write(7);
      assertThat(pair.server.getInputStream().read()).isEqualTo(7);
      assertThatThrownBy(pair.relay::credentials).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aStalledConnectionStaysOpenAndGoesOnWhenHealed() {
    try (Client client = new Client(relay.endpoint(), momento.apiKey());
        Client direct = new Client(momento, momento.apiKey())) {
      Stream stream = client.subscribe("t").active();
      relay.stall(TO_CLIENT);
      direct.publish("t", "m");
      assertThat(stream.isQuiet()).isTrue();
      assertThat(stream.hasEnded()).isFalse();
      relay.heal();
      assertThat(stream.text()).isEqualTo("m");
    }
  }

  @Test
  void whatIsStalledOnItsWayToTheServerDoesNotHappenThere() {
    try (Client client = new Client(relay.endpoint(), momento.apiKey());
        Client direct = new Client(momento, momento.apiKey())) {
      Stream heard = direct.subscribe("t").active();
      client.get("k");
      relay.stall(TO_SERVER);
      Stream stream = client.subscribe("t");
      direct.publish("t", "m");
      assertThat(heard.text()).isEqualTo("m");
      assertThat(stream.hasNothing()).isTrue();
      relay.heal();
      stream.active();
    }
  }

  @Test
  void bothDirectionsCarryBytesAndEndsInOrder() throws IOException {
    try (Pair pair = new Pair()) {
      pair.client.getOutputStream().write(new byte[] {1, 2, 3});
      pair.client.shutdownOutput();
      assertThat(pair.server.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
      pair.server.getOutputStream().write(new byte[] {4, 5});
      pair.server.close();
      assertThat(pair.client.getInputStream().readAllBytes()).containsExactly(4, 5);
      await().until(() -> pair.relay.connections() == 0);
    }
  }

  @Test
  void aHalfOpenConnectionHidesThatTheOtherSideHasClosed() throws IOException {
    try (Pair pair = new Pair()) {
      pair.relay.stall(TO_CLIENT);
      pair.server.close();
      pair.client.setSoTimeout(100);
      assertThatThrownBy(() -> pair.client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      pair.relay.heal();
      pair.client.setSoTimeout(10_000);
      assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void latencyIsAddedInTheDirectionThatHasIt() throws IOException {
    try (Pair pair = new Pair()) {
      Duration latency = Duration.ofMillis(150);
      pair.relay.latency(TO_SERVER, latency);
      long begun = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        pair.client.getOutputStream().write(i);
      }
      InputStream in = pair.server.getInputStream();
      assertThat(new int[] {in.read(), in.read(), in.read()}).containsExactly(0, 1, 2);
      assertThat(since(begun)).isGreaterThanOrEqualTo(latency);
      pair.relay.heal();
      pair.client.getOutputStream().write(9);
      assertThat(in.read()).isEqualTo(9);
    }
  }

  @Test
  void whatIsLateIsForwardedAtOnceWhenHealed() throws IOException {
    try (Pair pair = new Pair()) {
      pair.relay.latency(Duration.ofMinutes(10));
      pair.client.getOutputStream().write(1);
      pair.server.setSoTimeout(50);
      assertThatThrownBy(() -> pair.server.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      pair.relay.heal();
      pair.server.setSoTimeout(10_000);
      assertThat(pair.server.getInputStream().read()).isEqualTo(1);
    }
  }

  @Test
  void aNarrowLinkLetsThroughSoMuchPerSecond() throws IOException {
    try (Pair pair = new Pair()) {
      pair.relay.bandwidth(TO_CLIENT, 10_000);
      long begun = System.nanoTime();
      OutputStream out = pair.server.getOutputStream();
      out.write(new byte[5_000]);
      assertThat(pair.client.getInputStream().readNBytes(5_000)).hasSize(5_000);
      // The last piece is let go when the link is free for it, not when it would be through.
      assertThat(since(begun)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
      pair.relay.heal();
      out.write(new byte[1_000_000]);
      assertThat(pair.client.getInputStream().readNBytes(1_000_000)).hasSize(1_000_000);
    }
  }

  @Test
  void aResetIsSeenOnBothSides() throws IOException {
    try (Pair pair = new Pair()) {
      assertThat(pair.relay.resetConnections()).isEqualTo(1);
      assertThatThrownBy(() -> pair.client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThatThrownBy(() -> pair.server.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      await().until(() -> pair.relay.connections() == 0);
    }
  }

  @Test
  void newConnectionsAreRefusedAndOpenOnesGoOn() throws IOException {
    try (Pair pair = new Pair()) {
      pair.relay.refuseConnections();
      try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), pair.relay.port())) {
        assertThatThrownBy(() -> refused.getInputStream().read())
            .isInstanceOf(SocketException.class);
      } catch (SocketException e) {
        // The reset may be here before the socket is handed over.
        assertThat(e).hasMessageContaining("reset");
      }
      pair.client.getOutputStream().write(1);
      assertThat(pair.server.getInputStream().read()).isEqualTo(1);
    }
    relay.refuseConnections();
    relay.heal();
    try (Client client = new Client(relay.endpoint(), momento.apiKey())) {
      client.get("k");
    }
  }

  @Test
  @Tag("P9")
  void closingTheServerClosesItsRelaysAndLeavesNoThread() {
    try (Client client = new Client(relay.endpoint(), momento.apiKey())) {
      Stream stream = client.subscribe("t").active();
      assertThat(relayThreads()).isEqualTo(1);
      momento.close();
      await().until(() -> relayThreads() == 0);
      assertThat(stream.end().isOk()).isFalse();
      relay.close();
    }
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), relay.port()).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> relay.latency(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> relay.bandwidth(0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(relay.credentials().toString()).doesNotContain(momento.apiKey());
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static long relayThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("local-momento-relay"))
        .count();
  }

  /** Two sockets with a relay between them. */
  private static final class Pair implements AutoCloseable {
    private final ServerSocket listening;
    private final NetworkRelay relay;
    private final Socket client;
    private final Socket server;

    Pair() throws IOException {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      listening = new ServerSocket(0, 10, loopback);
      relay = NetworkRelay.to(loopback.getHostAddress(), listening.getLocalPort());
      client = new Socket(loopback, relay.port());
      server = listening.accept();
      await().until(() -> relay.connections() == 1);
    }

    @Override
    public void close() throws IOException {
      relay.close();
      client.close();
      server.close();
      listening.close();
    }
  }
}
