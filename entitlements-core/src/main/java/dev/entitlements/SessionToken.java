package dev.entitlements;

import dev.entitlements.internal.AuthTokens;
import dev.entitlements.internal.Names;
import dev.entitlements.internal.SessionTokenCodec;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a login returns to the player: all that it needs to watch one user's entitlements, and
 * nothing more. Immutable.
 *
 * <p>It travels as JSON, {@link #toJson} on the backend and {@link #fromJson} in the player, inside
 * whatever answer the host's login gives. The token in it is a secret: {@link #toString} leaves it
 * out.
 */
public final class SessionToken {
  private final String token;
  private final URI endpoint;
  private final String cacheName;
  private final String userId;
  private final String key;
  private final Instant expiresAt;
  private final Instant serverTime;
  private final @Nullable Entitlements snapshot;

  private SessionToken(Builder builder) {
    token = required("token", builder.token);
    endpoint = required("endpoint", builder.endpoint);
    cacheName = required("cacheName", builder.cacheName);
    userId = builder.userId;
    key = builder.key;
    expiresAt = required("expiresAt", builder.expiresAt);
    serverTime = required("serverTime", builder.serverTime);
    snapshot = builder.snapshot;
  }

  private static <T> T required(String what, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("session token: " + what + " is missing");
    }
    return value;
  }

  /**
   * Starts a session token.
   *
   * @param userId whose session it is: not blank, at most 256 bytes of UTF-8, no control characters
   * @return a builder, not safe for use by several threads
   * @throws IllegalArgumentException if the user id is not allowed
   */
  public static Builder builder(String userId) {
    return new Builder(Names.requireUserId(userId));
  }

  /**
   * Reads a session token from JSON.
   *
   * @param json the document that {@link #toJson} wrote; unknown fields are ignored
   * @return the session token
   * @throws EntitlementsException of kind {@link ErrorKind#MALFORMED} if it is not a valid
   *     document, {@link ErrorKind#FOREIGN_USER} if the snapshot inside is of another user, {@link
   *     ErrorKind#UNKNOWN_SCHEMA} if the snapshot was written by a newer version of this library
   */
  public static SessionToken fromJson(String json) {
    return SessionTokenCodec.decode(json);
  }

  /**
   * Writes the session token as JSON, secret included.
   *
   * @return one line of JSON
   */
  public String toJson() {
    return SessionTokenCodec.encode(this);
  }

  /**
   * The secret: Momento's own base64 form, which Momento's SDKs call {@code authToken}.
   *
   * @return the token; keep it out of logs
   */
  public String token() {
    return token;
  }

  /**
   * Where Momento is.
   *
   * @return {@code https://cache.<cell>} for the cloud, {@code http://host:port} for a local server
   */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * The cache that holds the item and the topic.
   *
   * @return the cache's name
   */
  public String cacheName() {
    return cacheName;
  }

  /**
   * Whose session it is.
   *
   * @return the user's id
   */
  public String userId() {
    return userId;
  }

  /**
   * The cache key, and topic, of the user's entitlements.
   *
   * @return the user's id, with the publisher's key prefix before it if it has one
   */
  public String key() {
    return key;
  }

  /**
   * When the token runs out.
   *
   * @return the instant, in the backend's time
   */
  public Instant expiresAt() {
    return expiresAt;
  }

  /**
   * The backend's clock when it issued this, by which the player corrects its own.
   *
   * @return the instant, in the backend's time
   */
  public Instant serverTime() {
    return serverTime;
  }

  /**
   * The user's entitlements at login, which the player may show before it has opened a connection.
   *
   * @return the snapshot, or empty if the backend sent none
   */
  public Optional<Entitlements> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  /**
   * The same session with a snapshot inside.
   *
   * @param snapshot the user's entitlements at login
   * @return a new session token
   * @throws EntitlementsException of kind {@link ErrorKind#FOREIGN_USER} if it is of another user
   */
  public SessionToken withSnapshot(Entitlements snapshot) {
    return toBuilder().snapshot(snapshot).build();
  }

  /**
   * The same session as seen at another instant of the backend's clock: a token may be issued once
   * and returned many times.
   *
   * @param serverTime the backend's clock now
   * @return a new session token
   */
  public SessionToken withServerTime(Instant serverTime) {
    return toBuilder().serverTime(serverTime).build();
  }

  private Builder toBuilder() {
    Builder builder =
        new Builder(userId)
            .token(token)
            .endpoint(endpoint)
            .cacheName(cacheName)
            .key(key)
            .expiresAt(expiresAt)
            .serverTime(serverTime);
    builder.snapshot = snapshot;
    return builder;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof SessionToken)) {
      return false;
    }
    SessionToken that = (SessionToken) o;
    return token.equals(that.token)
        && endpoint.equals(that.endpoint)
        && cacheName.equals(that.cacheName)
        && userId.equals(that.userId)
        && key.equals(that.key)
        && expiresAt.equals(that.expiresAt)
        && serverTime.equals(that.serverTime)
        && Objects.equals(snapshot, that.snapshot);
  }

  @Override
  public int hashCode() {
    return Objects.hash(token, endpoint, cacheName, userId, key, expiresAt, serverTime, snapshot);
  }

  @Override
  public String toString() {
    return "SessionToken{user "
        + userId
        + ", cache "
        + cacheName
        + " at "
        + endpoint
        + ", expires "
        + expiresAt
        + "}";
  }

  /** Builds a {@link SessionToken}. Not safe for use by several threads. */
  public static final class Builder {
    private final String userId;
    private String key;
    private @Nullable String token;
    private @Nullable URI endpoint;
    private @Nullable String cacheName;
    private @Nullable Instant expiresAt;
    private @Nullable Instant serverTime;
    private @Nullable Entitlements snapshot;

    private Builder(String userId) {
      this.userId = userId;
      this.key = userId;
    }

    /**
     * Sets the secret.
     *
     * @param token Momento's base64 form; required
     * @return this builder
     * @throws IllegalArgumentException if it is blank or has characters that a header cannot carry
     */
    public Builder token(String token) {
      this.token = AuthTokens.requireToken(token);
      return this;
    }

    /**
     * Sets where Momento is.
     *
     * @param endpoint an http or https URI of a host, perhaps a port, and nothing else; required
     * @return this builder
     * @throws IllegalArgumentException if it is not such a URI
     */
    public Builder endpoint(URI endpoint) {
      Names.requireEndpoint(endpoint);
      this.endpoint = endpoint;
      return this;
    }

    /**
     * Sets the cache that holds the item and the topic.
     *
     * @param cacheName its name; required
     * @return this builder
     * @throws IllegalArgumentException if the name is blank, longer than 256 bytes, or has
     *     characters that a header cannot carry
     */
    public Builder cacheName(String cacheName) {
      this.cacheName = Names.requireCacheName(cacheName);
      return this;
    }

    /**
     * Sets the cache key and topic, if they are not the user's id alone.
     *
     * @param key the key
     * @return this builder
     * @throws IllegalArgumentException if the key is blank, longer than 512 bytes of UTF-8, or has
     *     control characters
     */
    public Builder key(String key) {
      this.key = Names.requireKey(key);
      return this;
    }

    /**
     * Sets when the token runs out.
     *
     * @param expiresAt the instant, in the backend's time; required
     * @return this builder
     */
    public Builder expiresAt(Instant expiresAt) {
      this.expiresAt = Objects.requireNonNull(expiresAt, "expiresAt");
      return this;
    }

    /**
     * Sets the backend's clock.
     *
     * @param serverTime the instant at which this is issued; required
     * @return this builder
     */
    public Builder serverTime(Instant serverTime) {
      this.serverTime = Objects.requireNonNull(serverTime, "serverTime");
      return this;
    }

    /**
     * Sets the user's entitlements at login.
     *
     * @param snapshot the snapshot
     * @return this builder
     * @throws EntitlementsException of kind {@link ErrorKind#FOREIGN_USER} if it is of another user
     */
    public Builder snapshot(Entitlements snapshot) {
      Names.requireSameUser(userId, snapshot.userId());
      this.snapshot = snapshot;
      return this;
    }

    /**
     * Makes the session token.
     *
     * @return the session token
     * @throws IllegalArgumentException if something required is missing
     */
    public SessionToken build() {
      return new SessionToken(this);
    }
  }
}
