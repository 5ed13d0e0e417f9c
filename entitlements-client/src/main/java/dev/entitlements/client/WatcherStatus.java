package dev.entitlements.client;

import dev.entitlements.EntitlementsException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the local copy can be trusted, since when, and why. Immutable. Instants are by this
 * machine's wall clock.
 */
public final class WatcherStatus {
  private final State state;
  private final Instant since;
  private final @Nullable Reason reason;
  private final @Nullable EntitlementsException lastError;
  private final int failures;
  private final @Nullable Instant nextRetry;
  private final @Nullable Instant lastCurrent;

  private WatcherStatus(Builder builder) {
    state = builder.state;
    since = builder.since;
    reason = builder.reason;
    lastError = builder.lastError;
    failures = builder.failures;
    nextRetry = builder.nextRetry;
    lastCurrent = builder.lastCurrent;
  }

  /**
   * Starts a status; for the watcher, and for tests of listeners.
   *
   * @param state the state
   * @param since when it was entered
   * @return a builder, not safe for use by several threads
   */
  public static Builder builder(State state, Instant since) {
    return new Builder(state, since);
  }

  /**
   * How far the local copy can be trusted.
   *
   * @return the state
   */
  public State state() {
    return state;
  }

  /**
   * When the state was entered. A change of the reason alone does not move it.
   *
   * @return the instant
   */
  public Instant since() {
    return since;
  }

  /**
   * Why the copy is not known to be current.
   *
   * @return the reason; empty while {@link State#LIVE}
   */
  public Optional<Reason> reason() {
    return Optional.ofNullable(reason);
  }

  /**
   * The error behind the reason.
   *
   * @return the last error, or empty if there was none since the watcher was last {@link
   *     State#LIVE}
   */
  public Optional<EntitlementsException> lastError() {
    return Optional.ofNullable(lastError);
  }

  /**
   * How many attempts in a row have failed.
   *
   * @return 0 while {@link State#LIVE}
   */
  public int failures() {
    return failures;
  }

  /**
   * When the next attempt begins.
   *
   * @return the instant, or empty if an attempt is under way or none is due
   */
  public Optional<Instant> nextRetry() {
    return Optional.ofNullable(nextRetry);
  }

  /**
   * When the copy was last known to be current.
   *
   * @return the instant at which the watcher last left {@link State#LIVE}, or empty if it never was
   */
  public Optional<Instant> lastCurrent() {
    return Optional.ofNullable(lastCurrent);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof WatcherStatus)) {
      return false;
    }
    WatcherStatus that = (WatcherStatus) o;
    return state == that.state
        && since.equals(that.since)
        && reason == that.reason
        && Objects.equals(lastError, that.lastError)
        && failures == that.failures
        && Objects.equals(nextRetry, that.nextRetry)
        && Objects.equals(lastCurrent, that.lastCurrent);
  }

  @Override
  public int hashCode() {
    return Objects.hash(state, since, reason, lastError, failures, nextRetry, lastCurrent);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(state.name()).append(" since ").append(since);
    if (reason != null) {
      text.append(", ").append(reason);
    }
    if (lastError != null) {
      text.append(" (").append(lastError.getMessage()).append(')');
    }
    if (failures > 0) {
      text.append(", ").append(failures).append(" failed");
    }
    if (nextRetry != null) {
      text.append(", next try at ").append(nextRetry);
    }
    return text.toString();
  }

  /** How far the local copy can be trusted. */
  public enum State {
    /**
     * Not current yet, and nothing has gone wrong so far. The state of a new watcher; left for
     * {@link #LIVE} at the first proof, for {@link #STALE} at the first failure.
     */
    STARTING,
    /**
     * Known to be current: the subscription is active, and a read of the cache that began after it
     * was, or after the last sign that something was missed, is in. Left for {@link #STALE} at the
     * first doubt. One thing gives no sign: that the service lost the last message, with none after
     * it; the next periodic read finds that.
     */
    LIVE,
    /**
     * Not known to be current. The watcher is working on it, whatever the {@link
     * WatcherStatus#reason reason}; left for {@link #LIVE} at the next proof.
     */
    STALE,
    /**
     * For good: closed, or the user is signed out. Never left. The snapshot stays as it was, but
     * grants still end.
     */
    STOPPED
  }

  /**
   * Why the copy is not known to be current. New reasons may be added, so a {@code switch} wants a
   * {@code default}.
   */
  public enum Reason {
    /** The first connection is being made. */
    CONNECTING,
    /** The subscription ended, or could not be opened. */
    CONNECTION_LOST,
    /** Something newer is known to exist, or messages were missed; the cache is being read. */
    CATCHING_UP,
    /** The cache has lost the user's item; a new login stores it anew. */
    ITEM_MISSING,
    /**
     * The cache holds an older revision than this copy: it lost the item, and somebody stored one
     * whose revision goes on from elsewhere. The copy does not go back. A new login is asked for,
     * once, since it may store a newer one; otherwise this lasts until a higher revision is
     * published.
     */
    OLDER_ITEM,
    /** The host's session source fails, takes too long, or waits for a thread. */
    SESSION_UNAVAILABLE,
    /** The service does not accept the token; a new one is being fetched. */
    TOKEN_REFUSED,
    /** The token does not allow what it is for. */
    ACCESS_DENIED,
    /** There is no cache of that name. */
    CACHE_NOT_FOUND,
    /** A quota of the account is used up. */
    RATE_LIMITED,
    /**
     * What the backend published cannot be read: malformed, of another user, or of a newer schema.
     */
    BAD_DATA,
    /** The user is signed out. */
    SIGNED_OUT,
    /** The watcher was closed. */
    CLOSED
  }

  /** Builds a {@link WatcherStatus}. Not safe for use by several threads. */
  public static final class Builder {
    private final State state;
    private final Instant since;
    private @Nullable Reason reason;
    private @Nullable EntitlementsException lastError;
    private int failures;
    private @Nullable Instant nextRetry;
    private @Nullable Instant lastCurrent;

    private Builder(State state, Instant since) {
      this.state = Objects.requireNonNull(state, "state");
      this.since = Objects.requireNonNull(since, "since");
    }

    /**
     * Sets why the copy is not known to be current.
     *
     * @param reason the reason, or null
     * @param lastError the error behind it, or null
     * @return this builder
     */
    public Builder reason(@Nullable Reason reason, @Nullable EntitlementsException lastError) {
      this.reason = reason;
      this.lastError = lastError;
      return this;
    }

    /**
     * Sets how the attempts stand.
     *
     * @param failures how many in a row have failed, at least 0
     * @param nextRetry when the next one begins, or null
     * @return this builder
     * @throws IllegalArgumentException if the number is negative
     */
    public Builder attempts(int failures, @Nullable Instant nextRetry) {
      if (failures < 0) {
        throw new IllegalArgumentException("failures is " + failures + "; it must be at least 0");
      }
      this.failures = failures;
      this.nextRetry = nextRetry;
      return this;
    }

    /**
     * Sets when the copy was last known to be current.
     *
     * @param lastCurrent the instant, or null
     * @return this builder
     */
    public Builder lastCurrent(@Nullable Instant lastCurrent) {
      this.lastCurrent = lastCurrent;
      return this;
    }

    /**
     * Makes the status.
     *
     * @return the status
     */
    public WatcherStatus build() {
      return new WatcherStatus(this);
    }
  }
}
