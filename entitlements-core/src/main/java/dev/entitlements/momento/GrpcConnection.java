package dev.entitlements.momento;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.Durations;
import dev.entitlements.internal.Names;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The connection to Momento over gRPC. One serves a whole process: it carries the calls of any
 * number of users, whose credentials travel with each call.
 *
 * <p>Nothing is connected before the first call. Dead peers are found by HTTP/2 keep-alive: a ping
 * after 20 s without traffic, which wants its answer within 5 s. Safe for use by several threads.
 */
public final class GrpcConnection implements AutoCloseable {
  private static final int MAX_INBOUND_BYTES = 6 * 1024 * 1024;
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final MomentoEndpoint endpoint;
  private final Duration callTimeout;
  private final ChannelPool data;
  private final ChannelPool tokens;

  private GrpcConnection(Builder builder) {
    endpoint = builder.endpoint;
    callTimeout = builder.callTimeout;
    data = new ChannelPool(() -> newChannel(endpoint.cacheHost()));
    tokens =
        endpoint.tokenHost().equals(endpoint.cacheHost())
            ? data
            : new ChannelPool(() -> newChannel(endpoint.tokenHost()));
  }

  /**
   * Starts a connection.
   *
   * @param endpoint where Momento is
   * @return a builder, not safe for use by several threads
   */
  public static Builder builder(MomentoEndpoint endpoint) {
    return new Builder(endpoint);
  }

  /**
   * A connection with all defaults.
   *
   * @param endpoint where Momento is
   * @return the connection, to be closed by the caller
   * @throws EntitlementsException of kind {@link ErrorKind#INVALID_REQUEST} if the endpoint is
   *     plaintext and not this machine
   */
  public static GrpcConnection to(MomentoEndpoint endpoint) {
    return builder(endpoint).build();
  }

  /**
   * Momento as one bearer sees one cache. Costs nothing, holds nothing open, needs no closing.
   *
   * @param credential the secret that calls carry
   * @param cacheName the cache
   * @return all roles in one object
   * @throws IllegalArgumentException if the cache name is blank, longer than 256 bytes, or has
   *     characters that a header cannot carry
   */
  public GrpcMomento as(Credential credential, String cacheName) {
    return new GrpcMomento(
        data, tokens, credential, Names.requireCacheName(cacheName), callTimeout);
  }

  /**
   * Where it goes.
   *
   * @return the endpoint
   */
  public MomentoEndpoint endpoint() {
    return endpoint;
  }

  /**
   * Ends all calls and streams, and waits for a second at most until nothing of them is left. They
   * fail with the kind {@link ErrorKind#CLOSED}, and so do all later ones.
   */
  @Override
  public void close() {
    long until = System.nanoTime() + CLOSING.toNanos();
    data.shutDown();
    tokens.shutDown();
    data.awaitTermination(until);
    tokens.awaitTermination(until);
  }

  @Override
  public String toString() {
    return "GrpcConnection{" + endpoint + "}";
  }

  private ManagedChannel newChannel(String host) {
    ChannelCredentials credentials =
        endpoint.isSecure() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
    return Grpc.newChannelBuilderForAddress(host, endpoint.port(), credentials)
        // Callbacks only hand over to a queue of ours, so they may run where the bytes arrive.
        .directExecutor()
        .maxInboundMessageSize(MAX_INBOUND_BYTES)
        .keepAliveTime(20, TimeUnit.SECONDS)
        .keepAliveTimeout(5, TimeUnit.SECONDS)
        .build();
  }

  /** Builds a {@link GrpcConnection}. Not safe for use by several threads. */
  public static final class Builder {
    private final MomentoEndpoint endpoint;
    private Duration callTimeout = Duration.ofSeconds(5);
    private boolean plaintextAllowed;

    private Builder(MomentoEndpoint endpoint) {
      this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    }

    /**
     * Sets how long a call other than a subscription may take.
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
     * Allows tokens to travel unencrypted to another machine. Without it, plaintext goes to this
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
     * Makes the connection. Nothing is sent yet.
     *
     * @return the connection, to be closed by the caller
     * @throws EntitlementsException of kind {@link ErrorKind#INVALID_REQUEST} if the endpoint is
     *     plaintext, not this machine, and that was not allowed
     */
    public GrpcConnection build() {
      if (!endpoint.isSecure() && !endpoint.isLoopback() && !plaintextAllowed) {
        throw new EntitlementsException(
            ErrorKind.INVALID_REQUEST,
            "endpoint "
                + endpoint
                + " is not encrypted and not this machine, so the token could be read on the way;"
                + " use https, or allow plaintext explicitly");
      }
      return new GrpcConnection(this);
    }
  }
}
