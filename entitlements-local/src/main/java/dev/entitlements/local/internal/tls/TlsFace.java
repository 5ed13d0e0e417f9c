package dev.entitlements.local.internal.tls;

import com.linecorp.armeria.common.TlsKeyPair;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a server shows to clients that insist on TLS: a domain of its own, and a certificate for the
 * names in it that it signs itself. Both outlive restarts.
 */
public final class TlsFace {
  /** Of a file with nothing secret in it; the JDK's own trust store has it, too. */
  public static final String TRUST_STORE_PASSWORD = "changeit";

  private final String domain = UUID.randomUUID() + ".local-momento.test";
  private final TlsKeyPair keyPair = TlsKeyPair.ofSelfSigned("*." + domain);
  private final AtomicInteger relays = new AtomicInteger();

  /** The name that only this server has. */
  public String host() {
    return "momento." + domain;
  }

  /** Another name that the certificate is good for; a new one each time. */
  public String newRelayHost() {
    return "relay-" + relays.incrementAndGet() + "." + domain;
  }

  public TlsKeyPair keyPair() {
    return keyPair;
  }

  public X509Certificate certificate() {
    return keyPair.certificateChain().get(0);
  }

  /**
   * Writes a PKCS12 trust store that has the certificate, and no other.
   *
   * @throws IOException when the file cannot be written
   */
  public void writeTrustStore(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("local-momento", certificate());
      store.store(out, TRUST_STORE_PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot write a PKCS12 trust store to " + file, e);
    }
  }
}
