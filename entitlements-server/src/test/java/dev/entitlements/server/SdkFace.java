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
public final class SdkFace implements AfterEachCallback {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

  private final Deque<AutoCloseable> clients = new ArrayDeque<>();
  private final List<Path> files = new ArrayList<>();

  /** All three clients of one bearer. */
  public SdkMomento.Clients clients(LocalMomento momento, String apiKey) {
    CredentialProvider credentials = credentials(momento, apiKey);
    return new SdkMomento.Clients(
        cacheClient(credentials, ReadConcern.CONSISTENT),
        toClose(TopicClient.create(credentials, TopicConfigurations.Laptop.latest())),
        toClose(AuthClient.create(credentials)));
  }

  public CacheClient cacheClient(CredentialProvider credentials, ReadConcern concern) {
    return toClose(
        CacheClient.create(
            credentials,
            Configurations.Laptop.latest().withReadConcern(concern),
            Duration.ofMinutes(1)));
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

  private <T extends AutoCloseable> T toClose(T client) {
    clients.push(client);
    return client;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    while (!clients.isEmpty()) {
      clients.pop().close();
    }
    System.clearProperty(TRUST_STORE);
    System.clearProperty(PASSWORD);
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    files.clear();
  }
}
