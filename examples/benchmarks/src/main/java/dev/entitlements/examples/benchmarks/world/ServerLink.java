package dev.entitlements.examples.benchmarks.world;

import dev.entitlements.local.internal.tls.LocalNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import momento.sdk.auth.CredentialProvider;

/**
 * Makes gRPC in this JVM find, and trust, a server that is in another process. By TLS and, as they
 * think, on port 443, because the SDK's topic client knows no other way.
 */
public final class ServerLink implements AutoCloseable {
  private final ServerAddress address;
  private final Trust trust;

  /**
   * From now on, and nobody else is trusted.
   *
   * @param address as from {@link ServerProcess#address}
   * @throws IOException when the trust store cannot be written
   */
  public ServerLink(String address) throws IOException {
    this.address = ServerAddress.parse(address);
    this.trust = new Trust(this.address.trusted());
    LocalNames.add(
        this.address.host(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), this.address.tlsPort()));
  }

  /** With the API key. */
  public CredentialProvider credentials() {
    return new LinkCredentials(address);
  }

  /** The port that all connections lead to. */
  public int port() {
    return address.tlsPort();
  }

  /** Where it serves without TLS. */
  public URI plaintext() {
    return URI.create("http://127.0.0.1:" + address.port());
  }

  @Override
  public void close() throws IOException {
    LocalNames.remove(address.host());
    trust.close();
  }
}
