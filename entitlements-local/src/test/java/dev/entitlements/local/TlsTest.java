package dev.entitlements.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.NameResolverRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("P10")
@Timeout(120)
class TlsTest {
  @TempDir private Path directory;

  /** In a JVM of its own: what a JVM trusts is read once. */
  @Test
  void theOfficialTopicAndAuthClientsWorkUnmodified() throws Exception {
    Path out = directory.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                TlsProgram.class.getName(),
                directory.resolve("trust.p12").toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(out, StandardCharsets.UTF_8)).isZero();
      assertThat(out)
          .content()
          .contains("published, received, minted")
          .contains("all by the relay, too");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theTrustStoreHasTheCertificateOfTheName() throws Exception {
    try (LocalMomento momento = LocalMomento.builder().tls().start()) {
      Path file = directory.resolve("trust.p12");
      momento.writeTlsTrustStore(file);
      KeyStore store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
      assertThat(store.size()).isEqualTo(1);
      assertThat(store.getCertificate("local-momento")).isEqualTo(momento.tlsCertificate());
      assertThat(momento.tlsCredentials().getCacheEndpoint())
          .endsWith(
              momento.tlsCertificate().getSubjectX500Principal().getName().replace("CN=*", ""));
      assertThat(momento.tlsPort()).isNotEqualTo(momento.port());
    }
  }

  @Test
  void theNameIsKnownToGrpcOnlyWhileTheServerIsThere() {
    Object before = NameResolverRegistry.getDefaultRegistry().getProviderForScheme("dns");
    try (LocalMomento first = LocalMomento.builder().tls().start();
        LocalMomento second = LocalMomento.builder().tls().start()) {
      assertThat(first.tlsCredentials().getCacheEndpoint())
          .isNotEqualTo(second.tlsCredentials().getCacheEndpoint());
      assertThat(NameResolverRegistry.getDefaultRegistry().getProviderForScheme("dns"))
          .isNotSameAs(before);
      try (Client byAddress = new Client(second.endpoint(), second.apiKey())) {
        byAddress.get("k");
      }
    }
    assertThat(NameResolverRegistry.getDefaultRegistry().getProviderForScheme("dns"))
        .isSameAs(before);
  }

  @Test
  @Tag("P9")
  void itKeepsItsPortOverARestartAndClosesInTime() throws IOException {
    LocalMomento momento = LocalMomento.builder().tls().start();
    int port = momento.tlsPort();
    momento.faults().restart(Duration.ZERO, true).orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(momento.tlsPort()).isEqualTo(port);
    new Socket(momento.host(), port).close();
    long begun = System.nanoTime();
    momento.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    assertThatThrownBy(() -> new Socket(momento.host(), port).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void theNameOfARelayIsKnownToGrpcOnlyWhileTheRelayIsThere() {
    Object before = NameResolverRegistry.getDefaultRegistry().getProviderForScheme("dns");
    try (LocalMomento momento = LocalMomento.builder().tls().start()) {
      NetworkRelay relay = momento.relay();
      NetworkRelay another = momento.relay();
      assertThat(
              Set.of(
                  momento.tlsCredentials().getCacheEndpoint(),
                  relay.tlsCredentials().getCacheEndpoint(),
                  another.tlsCredentials().getCacheEndpoint()))
          .hasSize(3);
      relay.close();
    }
    assertThat(NameResolverRegistry.getDefaultRegistry().getProviderForScheme("dns"))
        .isSameAs(before);
  }

  @Test
  void withoutTlsThereIsNoneToAskFor() {
    try (LocalMomento momento = LocalMomento.start();
        NetworkRelay relay = momento.relay()) {
      assertThatThrownBy(relay::tlsCredentials).hasMessageContaining("builder().tls()");
      assertThatThrownBy(momento::tlsPort).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(momento::tlsCredentials).hasMessageContaining("builder().tls()");
    }
  }

  @Test
  @Tag("P8")
  void noSecretIsInToString() {
    try (LocalMomento momento = LocalMomento.builder().tls().apiKey("s3cret").start();
        NetworkRelay relay = momento.relay()) {
      assertThat(relay.tlsCredentials().toString()).doesNotContain("s3cret");
      assertThat(momento.tlsCredentials().toString()).doesNotContain("s3cret");
    }
  }
}
