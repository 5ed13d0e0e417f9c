package dev.entitlements.server;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.internal.Durations;
import dev.entitlements.internal.Names;
import dev.entitlements.internal.Scheduler;
import dev.entitlements.internal.TimeSource;
import dev.entitlements.momento.CacheReader;
import dev.entitlements.momento.Credential;
import dev.entitlements.server.internal.Futures;
import dev.entitlements.server.internal.MintCall;
import dev.entitlements.server.internal.Minting;
import dev.entitlements.server.internal.OpenCalls;
import dev.entitlements.server.internal.Pacer;
import dev.entitlements.server.internal.ReusableTokens;
import dev.entitlements.server.internal.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Issues the tokens with which players watch. Such a token allows two things until it expires: to
 * read the one item of one user, and to subscribe to that user's topic.
 *
 * <ol>
 *   <li>A user's token is given out again while more than half of its life is left, so that a user
 *       with many devices costs one mint.
 *   <li>At most one mint runs for a user, and its answer serves all who wait for it.
 *   <li>Mints take turns, first come, first served, at the rate that Momento allows. Who would have
 *       to wait too long fails at once with {@link ErrorKind#OVERLOADED}.
 *   <li>Transient errors are repeated, with jittered back-off, until the call's deadline; then, and
 *       at once for terminal ones, the future fails with an {@link EntitlementsException} of that
 *       kind.
 *   <li>No token and no key is in any log, error or {@code toString}.
 * </ol>
 *
 * <p>Futures complete on the issuer's executor, or, at a deadline, on a thread kept for that; what
 * is attached to them should not block. Cancelling a future stops nothing. Safe for use by several
 * threads; only {@link #close} blocks.
 */
public final class TokenIssuer implements AutoCloseable {
  private static final int POOL_SIZE = 4;

  private final MomentoBackend backend;
  private final Minting minting;
  private final TimeSource time;
  private final ConcurrentMap<String, MintCall> inFlight = new ConcurrentHashMap<>();
  private final OpenCalls open = new OpenCalls("issuer");

  private TokenIssuer(Builder builder, Workers workers) {
    backend = builder.backend;
    time = workers.time();
    minting =
        new Minting(
            backend.roles().tokens(),
            backend.endpoint(),
            backend.cacheName(),
            backend.keyPrefix(),
            builder.lifetime,
            builder.callDeadline,
            new Pacer(builder.mintsPerSecond, builder.maxQueueWait),
            new ReusableTokens(builder.lifetime, builder.maxReusableTokens),
            workers);
  }

  /**
   * Starts an issuer.
   *
   * @param backend the way to Momento; never closed by the issuer
   * @return a builder, not safe for use by several threads
   */
  public static Builder builder(MomentoBackend backend) {
    return new Builder(backend);
  }

  /**
   * Issues a token for one user. Whoever gets it can watch that user's entitlements: call it only
   * for a user that is signed in.
   *
   * @param userId the user: not blank, at most 256 bytes of UTF-8, no control characters
   * @return completes with a session token without a snapshot; fails with an {@link
   *     EntitlementsException}
   * @throws IllegalArgumentException if the user id is not allowed
   */
  public CompletableFuture<SessionToken> issue(String userId) {
    Names.requireUserId(userId);
    if (open.isClosed()) {
      return open.refused(userId);
    }
    return minting
        .tokens()
        .find(userId, time.now())
        .map(token -> Futures.mirror(reuse(token)))
        .orElseGet(() -> Futures.mirror(mint(userId)));
  }

  /**
   * Only a token that Momento still accepts is given out again: a player whose token was refused
   * would otherwise get the same one back for half its life.
   */
  private CompletableFuture<SessionToken> reuse(SessionToken token) {
    return backend
        .roles()
        .readerOf()
        .apply(Credential.ofAuthToken(token.token()))
        .get(token.key(), CacheReader.Consistency.EVENTUAL)
        .handleAsync((item, error) -> isRefused(error), this::onOurThreads)
        .thenCompose(
            refused -> {
              if (!refused) {
                return CompletableFuture.completedFuture(token.withServerTime(time.now()));
              }
              minting.tokens().forget(token.userId());
              return mint(token.userId());
            });
  }

  private void onOurThreads(Runnable step) {
    minting.workers().execute(step, refused -> step.run());
  }

  private static boolean isRefused(@Nullable Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof EntitlementsException known
        && known.kind() == ErrorKind.UNAUTHENTICATED;
  }

  /**
   * Forgets a user's token, so that the next one is minted. Momento cannot revoke a token: one that
   * was given out works until it expires.
   *
   * @param userId the user
   */
  public void forget(String userId) {
    minting.tokens().forget(userId);
  }

  private CompletableFuture<SessionToken> mint(String userId) {
    MintCall fresh = new MintCall(minting, userId);
    MintCall running = inFlight.putIfAbsent(userId, fresh);
    if (running != null) {
      return running.result();
    }
    fresh.result().whenComplete((token, error) -> inFlight.remove(userId, fresh));
    open.add(fresh);
    fresh.begin();
    return fresh.result();
  }

  MomentoBackend backend() {
    return backend;
  }

  Instant now() {
    return time.now();
  }

  /**
   * Takes no more calls, which then fail with {@link ErrorKind#CLOSED}, waits 5 s at most for those
   * that run, lets the rest fail with that kind too, and ends all threads of the issuer's own. An
   * executor of the host's and the backend stay as they are. Interrupting the waiting thread cuts
   * the wait short. Calling it again has no effect.
   */
  @Override
  public void close() {
    open.close();
    minting.workers().close();
  }

  @Override
  public String toString() {
    return "TokenIssuer{" + backend + "}";
  }

  /**
   * Builds a {@link TokenIssuer}; each method checks what it is given. Not safe for use by several
   * threads.
   */
  public static final class Builder {
    private static final Duration MAX_LIFETIME = Duration.ofHours(25);

    private final MomentoBackend backend;
    private Duration lifetime = Duration.ofHours(1);
    private Duration callDeadline = Duration.ofSeconds(15);
    private Duration maxQueueWait = Duration.ofSeconds(10);
    private int mintsPerSecond = 5;
    private int maxReusableTokens = 10_000;
    private @Nullable Executor executor;
    private @Nullable Workers workers;

    private Builder(MomentoBackend backend) {
      this.backend = Objects.requireNonNull(backend, "backend");
    }

    /**
     * Sets how long tokens are valid.
     *
     * @param lifetime whole seconds, from 1 s to 25 h, Momento's limit; 1 h by default. A longer
     *     one costs fewer mints, and cannot be revoked for longer.
     * @return this builder
     * @throws IllegalArgumentException if it is out of range or not whole seconds
     */
    public Builder lifetime(Duration lifetime) {
      if (lifetime.getNano() != 0
          || lifetime.getSeconds() < 1
          || lifetime.compareTo(MAX_LIFETIME) > 0) {
        throw new IllegalArgumentException(
            "lifetime is " + lifetime + "; it must be whole seconds, from 1 s to 25 h");
      }
      this.lifetime = lifetime;
      return this;
    }

    /**
     * Sets how long a call may take, the wait for its turn and all its attempts together.
     *
     * @param callDeadline more than nothing; 15 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is not more than nothing
     */
    public Builder callDeadline(Duration callDeadline) {
      this.callDeadline = Durations.requirePositive("callDeadline", callDeadline);
      return this;
    }

    /**
     * Sets how long a mint may have to wait for its turn, which also bounds how many can wait.
     *
     * @param maxQueueWait not negative; 10 s by default
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxQueueWait(Duration maxQueueWait) {
      if (maxQueueWait.isNegative()) {
        throw new IllegalArgumentException(
            "maxQueueWait is " + maxQueueWait + "; it must not be negative");
      }
      this.maxQueueWait = maxQueueWait;
      return this;
    }

    /**
     * Sets how many tokens are minted in any one second. Momento's default quota is 5 for the whole
     * account: divide it among the processes that mint.
     *
     * @param mintsPerSecond from 0 to 10 000; 5 by default, 0 for no limit
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder mintsPerSecond(int mintsPerSecond) {
      if (mintsPerSecond < 0 || mintsPerSecond > 10_000) {
        throw new IllegalArgumentException(
            "mintsPerSecond is " + mintsPerSecond + "; it must be from 0 to 10000");
      }
      this.mintsPerSecond = mintsPerSecond;
      return this;
    }

    /**
     * Sets of how many users a token is kept for giving out again.
     *
     * @param maxReusableTokens not negative; 10 000 by default, 0 to mint one each time
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxReusableTokens(int maxReusableTokens) {
      if (maxReusableTokens < 0) {
        throw new IllegalArgumentException(
            "maxReusableTokens is " + maxReusableTokens + "; it must not be negative");
      }
      this.maxReusableTokens = maxReusableTokens;
      return this;
    }

    /**
     * Sets where futures complete.
     *
     * @param executor the host's, never shut down by the issuer; by default the issuer has up to 4
     *     daemon threads of its own. One that runs tasks in the calling thread would run them on
     *     I/O threads.
     * @return this builder
     */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /** Takes time into a test's hands. */
    <T extends TimeSource & Scheduler> Builder time(T time) {
      this.workers = Workers.on(time, Runnable::run);
      return this;
    }

    /**
     * Makes the issuer. Nothing is sent yet, and no thread started.
     *
     * @return the issuer, to be closed by the caller
     */
    public TokenIssuer build() {
      return new TokenIssuer(
          this,
          workers != null ? workers : Workers.start("entitlements-issuer", POOL_SIZE, executor));
    }
  }
}
