package dev.entitlements.examples.benchmarks.world;

import dev.entitlements.local.LocalMomento;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * How another process reaches a local server.
 *
 * @param host the name that its certificate is good for, and no DNS knows
 * @param certificate in base64
 */
record ServerAddress(String host, int tlsPort, int port, String apiKey, String certificate) {

  static ServerAddress of(LocalMomento server) {
    try {
      return new ServerAddress(
          server.tlsCredentials().getCacheEndpoint(),
          server.tlsPort(),
          server.port(),
          server.apiKey(),
          Base64.getEncoder().encodeToString(server.tlsCertificate().getEncoded()));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From what {@link #toLine} gave. */
  static ServerAddress parse(String line) {
    String[] words = line.split(" ", -1);
    return new ServerAddress(
        words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3], words[4]);
  }

  String toLine() {
    return String.join(
        " ", host, Integer.toString(tlsPort), Integer.toString(port), apiKey, certificate);
  }

  X509Certificate trusted() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(Base64.getDecoder().decode(certificate)));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
