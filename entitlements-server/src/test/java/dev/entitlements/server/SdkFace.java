package dev.entitlements.server;

import dev.entitlements.local.LocalMomento;
import dev.entitlements.momento.MomentoEndpoint;
import dev.entitlements.server.internal.FixedCredentials;
import dev.entitlements.server.internal.sdk.SdkMomento;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import momento.sdk.AuthClient;
import momento.sdk.CacheClient;
import momento.sdk.TopicClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.Configurations;
import momento.sdk.config.ReadConcern;
import momento.sdk.config.TopicConfigurations;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes the SDK's own clients for a local server with TLS, as a host would, and closes them after
 * each test. While there are such, this JVM trusts that server's certificate and no other: the
 * tests of a module run one after the other.
 */
public final class SdkFace implements AfterEachCallback, AutoCloseable {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

  private final Deque<Runnable> toClose = new ArrayDeque<>();
  private final List<Path> files = new ArrayList<>();

  /** All three clients of one bearer. */
  public SdkMomento.Clients clients(LocalMomento momento, String apiKey) {
    CredentialProvider credentials = credentials(momento, apiKey);
    return new SdkMomento.Clients(
        cacheClient(credentials), topicClient(credentials), authClient(credentials));
  }

  private CacheClient cacheClient(CredentialProvider credentials) {
    CacheClient client =
        CacheClient.create(
            credentials,
            Configurations.Laptop.latest().withReadConcern(ReadConcern.CONSISTENT),
            Duration.ofMinutes(1));
    toClose.push(client::close);
    return client;
  }

  private TopicClient topicClient(CredentialProvider credentials) {
    TopicClient client = TopicClient.create(credentials, TopicConfigurations.Laptop.latest());
    toClose.push(client::close);
    return client;
  }

  private AuthClient authClient(CredentialProvider credentials) {
    AuthClient client = AuthClient.create(credentials);
    toClose.push(client::close);
    return client;
  }

  /** For TLS and port 443, on which two of the three clients insist. */
  public CredentialProvider credentials(LocalMomento momento, String apiKey) {
    trust(momento);
    String host = momento.tlsCredentials().getCacheEndpoint();
    return new FixedCredentials(apiKey, MomentoEndpoint.of(host, host, 443, true));
  }

  private void trust(LocalMomento momento) {
    try {
      Path file = Files.createTempFile("trust", ".p12");
      files.add(file);
      momento.writeTlsTrustStore(file);
      System.setProperty(TRUST_STORE, file.toString());
      System.setProperty(PASSWORD, "changeit");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  /** Closes the clients, and trusts as before. */
  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      toClose.pop().run();
    }
    System.clearProperty(TRUST_STORE);
    System.clearProperty(PASSWORD);
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    files.clear();
  }
}
