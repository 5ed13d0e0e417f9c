package dev.entitlements.server;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.Durations;
import dev.entitlements.internal.Names;
import dev.entitlements.momento.CacheReader;
import dev.entitlements.momento.CacheWriter;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MomentoEndpoint;
import dev.entitlements.momento.TokenMinter;
import dev.entitlements.momento.TopicPublisher;
import dev.entitlements.server.internal.sdk.SdkMomento;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import momento.sdk.CacheClient;
import momento.sdk.IAuthClient;
import momento.sdk.TopicClient;
import momento.sdk.auth.CredentialProvider;
import org.jspecify.annotations.Nullable;

/**
 * The backend's way to Momento: one cache, with the backend's own key. One serves a whole process;
 * publishers and issuers share it and never close it.
 *
 * <p>By default it has a connection of its own. A host that has clients of Momento's SDK already
 * can {@linkplain Builder#sdkClients lend them}; that has a price, which is named there.
 *
 * <p>Nothing is connected before the first call. Safe for use by several threads.
 *
 * <p>The library logs no key and no token. The gRPC transport below it does at DEBUG, where it
 * dumps every HTTP/2 frame with its headers: keep the logger {@code
 * io.grpc.netty.shaded.io.grpc.netty.NettyClientHandler} at INFO or above.
 */
public final class MomentoBackend implements AutoCloseable {
  private final Roles roles;
  private final URI endpoint;
  private final String cacheName;
  private final String keyPrefix;
  private final Runnable onClose;

  MomentoBackend(Roles roles, URI endpoint, String cacheName, String keyPrefix, Runnable onClose) {
    this.roles = roles;
    this.endpoint = endpoint;
    this.cacheName = cacheName;
    this.keyPrefix = keyPrefix;
    this.onClose = onClose;
  }

  /**
   * A backend with all defaults, on a connection of its own.
   *
   * @param credentials the backend's key, such as {@link MomentoCredentials#fromEnvironment}; it
   *     must be allowed to read, write, publish and mint
   * @param cacheName the cache that holds the items and topics; it must exist
   * @return the backend, to be closed by the caller
   * @throws IllegalArgumentException if the cache's name is blank, too long or has control
   *     characters, or the credentials are unusable
   * @throws EntitlementsException of kind {@link ErrorKind#INVALID_REQUEST} if the endpoint is
   *     plaintext and not this machine
   */
  public static MomentoBackend connect(CredentialProvider credentials, String cacheName) {
    return builder(credentials, cacheName).build();
  }

  /**
   * Starts a backend on a connection of its own.
   *
   * @param credentials the backend's key; see {@link #connect}
   * @param cacheName the cache that holds the items and topics; it must exist
   * @return a builder, not safe for use by several threads
   * @throws IllegalArgumentException if the cache's name is blank, too long or has control
   *     characters
   */
  public static Builder builder(CredentialProvider credentials, String cacheName) {
    return new Builder(credentials, cacheName);
  }

  /**
   * Where Momento is, in the form in which players are told.
   *
   * @return {@code https://cache.<cell>} for the cloud, {@code http://host:port} for a local server
   */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * The cache that holds the items and topics.
   *
   * @return its name
   */
  public String cacheName() {
    return cacheName;
  }

  /**
   * What comes before the user's id in keys and topics. It is set here and nowhere else, so that
   * what is published and what tokens allow cannot differ.
   *
   * @return the prefix, empty by default
   */
  public String keyPrefix() {
    return keyPrefix;
  }

  Roles roles() {
    return roles;
  }

  boolean isSamePlaceAs(MomentoBackend other) {
    return endpoint.equals(other.endpoint)
        && cacheName.equals(other.cacheName)
        && keyPrefix.equals(other.keyPrefix);
  }

  /**
   * Closes the connection and ends the threads that are the backend's own; calls still running fail
   * with {@link ErrorKind#CLOSED}. Clients that the host lent stay open. Close publishers and
   * issuers first.
   */
  @Override
  public void close() {
    onClose.run();
  }

  @Override
  public String toString() {
    return "MomentoBackend{cache " + cacheName + " at " + endpoint + "}";
  }

  /**
   * What publisher and issuer need of Momento.
   *
   * @param readerOf the cache as the bearer of a token sees it
   */
  record Roles(
      CacheReader reader,
      CacheWriter writer,
      TopicPublisher topics,
      TokenMinter tokens,
      Function<Credential, CacheReader> readerOf) {
    Roles(CacheReader reader, CacheWriter writer, TopicPublisher topics, TokenMinter tokens) {
      this(reader, writer, topics, tokens, bearer -> reader);
    }
  }

  /**
   * Builds a {@link MomentoBackend}; each method checks what it is given. Not safe for use by
   * several threads.
   */
  public static final class Builder {
    private final CredentialProvider credentials;
    private final String cacheName;
    private String keyPrefix = "";
    private Duration callTimeout = Duration.ofSeconds(5);
    private boolean plaintextAllowed;
    private SdkMomento.@Nullable Clients sdkClients;

    private Builder(CredentialProvider credentials, String cacheName) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      this.cacheName = Names.requireCacheName(cacheName);
    }

    /**
     * Sets what comes before the user's id in keys and topics, for a cache that holds other things
     * too.
     *
     * @param keyPrefix the prefix, such as {@code entitlements:}; empty by default; not blank
     *     otherwise, at most 256 bytes of UTF-8, no control characters
     * @return this builder
     * @throws IllegalArgumentException if it is not allowed
     */
    public Builder keyPrefix(String keyPrefix) {
      this.keyPrefix = keyPrefix.isEmpty() ? "" : Names.requireId("key prefix", keyPrefix);
      return this;
    }

    /**
     * Sets how long Momento may take for the answer to one call. Publishers and issuers repeat
     * calls within deadlines of their own, which are longer.
     *
     * @param callTimeout more than nothing; 5 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not more than nothing
     */
    public Builder callTimeout(Duration callTimeout) {
      this.callTimeout = Durations.requirePositive("callTimeout", callTimeout);
      return this;
    }

    /**
     * Allows the key to travel unencrypted to another machine. Without it, plaintext goes to this
     * machine only.
     *
     * @param allowed true to allow it
     * @return this builder
     */
    public Builder allowPlaintext(boolean allowed) {
      this.plaintextAllowed = allowed;
      return this;
    }

    /**
     * Lets publishers and issuers work on clients of Momento's SDK (1.21.0) that the host has
     * already, in place of a connection of the backend's own. They must belong to the same
     * credentials as the builder, and are never closed by the backend: close them after it.
     *
     * <p>What is weaker than on a connection of the backend's own, because the SDK has no more:
     *
     * <ol>
     *   <li>The SDK can store atomically over an absent item only. Over a present one it is read,
     *       compared, written, and read again. Publishers on this one backend still lose nothing to
     *       each other. But what <em>another</em> backend or process stores for the same user in
     *       the instant between the comparison and the write is overwritten unseen, and stays so
     *       until that user's next refresh; players who heard of it keep it while the cache holds
     *       something older. What it stores right after the write is found, and the content is
     *       computed again. So have one process publish for a user at a time, or use the backend's
     *       own connection. To store takes three calls instead of one; to find a content unchanged
     *       takes two.
     *   <li>How new the answer to a read has to be can be told per client only: build the {@code
     *       CacheClient} with {@code configuration.withReadConcern(ReadConcern.CONSISTENT)}. With
     *       the SDK's default, a comparison may be made with something old.
     *   <li>{@code AuthClient} mints for an hour at most, and blocks: it is called on up to four
     *       daemon threads, {@code entitlements-sdk-mint-*}, which {@link MomentoBackend#close}
     *       ends.
     *   <li>An SDK client can use its own key only. Whether a player's token is still accepted,
     *       which an issuer asks before it gives one out again, is asked on a connection of the
     *       backend's own; it is not opened before.
     * </ol>
     *
     * <p>{@link #callTimeout} holds beside the timeouts of the clients; the shorter one counts.
     * Give the {@code TopicClient} whole seconds: SDK 1.21.0 cuts {@code
     * TopicConfigurations.LowLatency} down to none.
     *
     * @param cacheClient reads and writes items
     * @param topicClient publishes messages
     * @param authClient mints tokens; an {@code AuthClient}
     * @return this builder
     */
    public Builder sdkClients(
        CacheClient cacheClient, TopicClient topicClient, IAuthClient authClient) {
      this.sdkClients =
          new SdkMomento.Clients(
              Objects.requireNonNull(cacheClient, "cacheClient"),
              Objects.requireNonNull(topicClient, "topicClient"),
              Objects.requireNonNull(authClient, "authClient"));
      return this;
    }

    /**
     * Makes the backend. Nothing is sent yet.
     *
     * @return the backend, to be closed by the caller
     * @throws IllegalArgumentException if the credentials are unusable
     * @throws EntitlementsException of kind {@link ErrorKind#INVALID_REQUEST} if the endpoint is
     *     plaintext, not this machine, and that was not allowed
     */
    public MomentoBackend build() {
      MomentoEndpoint endpoint =
          MomentoEndpoint.of(
              credentials.getCacheEndpoint(),
              credentials.getTokenEndpoint(),
              credentials.getPort(),
              credentials.isEndpointSecure());
      Credential credential = Credential.ofAuthToken(credentials.getAuthToken());
      GrpcConnection connection =
          GrpcConnection.builder(endpoint)
              .callTimeout(callTimeout)
              .allowPlaintext(plaintextAllowed)
              .build();
      return sdkClients == null
          ? onOwnConnection(connection, endpoint, credential)
          : onSdkClients(sdkClients, connection, endpoint);
    }

    private MomentoBackend onOwnConnection(
        GrpcConnection connection, MomentoEndpoint endpoint, Credential credential) {
      GrpcMomento momento = connection.as(credential, cacheName);
      return new MomentoBackend(
          new Roles(momento, momento, momento, momento, bearer -> connection.as(bearer, cacheName)),
          endpoint.toUri(),
          cacheName,
          keyPrefix,
          connection::close);
    }

    private MomentoBackend onSdkClients(
        SdkMomento.Clients clients, GrpcConnection connection, MomentoEndpoint endpoint) {
      SdkMomento momento = new SdkMomento(clients, cacheName, callTimeout);
      return new MomentoBackend(
          new Roles(
              momento.reader(),
              momento.writer(),
              momento.topics(),
              momento.tokens(),
              bearer -> connection.as(bearer, cacheName)),
          endpoint.toUri(),
          cacheName,
          keyPrefix,
          () -> {
            momento.close();
            connection.close();
          });
    }
  }
}
