package dev.entitlements.examples.benchmarks.world;

import dev.entitlements.local.LocalMomento;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes this JVM trust some local servers, and nobody else, until it is closed. The SDK's topic
 * client cannot be told whom to trust in any other way.
 */
public final class Trust implements AutoCloseable {
  private static final String STORE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

  /** Of a file that holds nothing secret. */
  private static final String NO_SECRET = "changeit";

  private final Path file;
  private final @Nullable String storeBefore = System.getProperty(STORE);
  private final @Nullable String passwordBefore = System.getProperty(PASSWORD);

  /**
   * Trusts them, from now on.
   *
   * @throws IOException when no trust store can be written
   */
  public Trust(Collection<LocalMomento> servers) throws IOException {
    this(servers.stream().map(LocalMomento::tlsCertificate).toArray(X509Certificate[]::new));
  }

  /**
   * Trusts those who show one of these, from now on.
   *
   * @throws IOException when no trust store can be written
   */
  public Trust(X509Certificate... certificates) throws IOException {
    file = Files.createTempFile("benchmarks-trust", ".jks");
    try (OutputStream out = Files.newOutputStream(file)) {
      // A PKCS12 store is made slow to open, which each client would pay that is started.
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      for (X509Certificate certificate : certificates) {
        store.setCertificateEntry("local-" + store.size(), certificate);
      }
      store.store(out, NO_SECRET.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot write a trust store to " + file, e);
    }
    System.setProperty(STORE, file.toString());
    System.setProperty(PASSWORD, NO_SECRET);
    readOnce();
  }

  /**
   * Makes the JDK read the new store while nobody else does. Of several threads that find it
   * changed at the same time, one can be given the store before, for good: the JDK notes which
   * store it has before it has it.
   */
  private static void readOnce() throws IOException {
    try {
      TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
          .init((KeyStore) null);
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot read the trust store", e);
    }
  }

  @Override
  public void close() throws IOException {
    restore(STORE, storeBefore);
    restore(PASSWORD, passwordBefore);
    Files.deleteIfExists(file);
  }

  private static void restore(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}
