package dev.entitlements.server;

import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.internal.Durations;
import dev.entitlements.internal.Names;
import dev.entitlements.internal.Scheduler;
import dev.entitlements.internal.TimeSource;
import dev.entitlements.server.internal.BulkRun;
import dev.entitlements.server.internal.Futures;
import dev.entitlements.server.internal.KnownContent;
import dev.entitlements.server.internal.OpenCalls;
import dev.entitlements.server.internal.PublishCall;
import dev.entitlements.server.internal.Publishing;
import dev.entitlements.server.internal.Quota;
import dev.entitlements.server.internal.RefreshMerger;
import dev.entitlements.server.internal.RememberedItems;
import dev.entitlements.server.internal.SourceLoader;
import dev.entitlements.server.internal.Untold;
import dev.entitlements.server.internal.Workers;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores what users are entitled to, and tells their players. One serves a whole process; any
 * number of processes may publish for the same users.
 *
 * <ol>
 *   <li>A future completes normally only when the snapshot is stored <em>and</em> the notification
 *       was accepted. Otherwise it fails with an {@link EntitlementsException} that names the kind
 *       and the user, and calling again is safe.
 *   <li>Every snapshot is stored by compare-and-set, with a revision higher than the one before:
 *       concurrent publishers lose nothing. Nothing else may write the same keys. It is weaker on
 *       clients of a host's own: see {@link MomentoBackend.Builder#sdkClients}.
 *   <li>A content equal to what is stored is not published again: its time to live is renewed, and
 *       players are left in peace.
 *   <li>Transient errors are repeated, with jittered back-off, until the call's deadline. Then the
 *       call fails with the kind of the last one; with {@link ErrorKind#NOT_NOTIFIED} if the
 *       snapshot is stored and only the notification is missing; with {@link ErrorKind#TIMEOUT} if
 *       the one attempt did not come back. Terminal errors, and those of the host's source, fail
 *       the call at once.
 *   <li>What is stored but is no document is overwritten, with a warning in the log. What a newer
 *       version of this library stored is not: {@link ErrorKind#UNKNOWN_SCHEMA}.
 * </ol>
 *
 * <p>Futures complete on the publisher's executor, or, at a deadline, on a thread kept for that;
 * what is attached to them should not block. Cancelling a future stops nothing. Safe for use by
 * several threads; only {@link #close} blocks.
 */
public final class EntitlementPublisher implements AutoCloseable {
  private static final int POOL_SIZE = 16;

  private final MomentoBackend backend;
  private final EntitlementSource source;
  private final Publishing publishing;
  private final RefreshMerger refreshes = new RefreshMerger();
  private final OpenCalls open = new OpenCalls("publisher");

  private EntitlementPublisher(Builder builder, Workers workers) {
    backend = builder.backend;
    source = builder.source;
    publishing =
        new Publishing(
            backend.roles().reader(),
            backend.roles().writer(),
            backend.roles().topics(),
            backend.keyPrefix(),
            builder.itemTtl,
            builder.callDeadline,
            workers,
            new Untold(),
            new RememberedItems(builder.maxRememberedUsers, builder.maxRememberedBytes),
            new Quota());
  }

  /**
   * Starts a publisher.
   *
   * @param backend the way to Momento; never closed by the publisher
   * @param source the host's business logic, for {@link #refresh}
   * @return a builder, not safe for use by several threads
   */
  public static Builder builder(MomentoBackend backend, EntitlementSource source) {
    return new Builder(backend, source);
  }

  /**
   * Publishes a content that the caller has computed. Of several publishes for one user at the same
   * time, the one that stores last wins, whatever state it was computed from: where that matters,
   * use {@link #refresh}, or count revisions of your own. What is sent first is written and sent on
   * the calling thread, which is not blocked.
   *
   * @param content what the user is entitled to now
   * @return completes with what became of it; fails with an {@link EntitlementsException}, of kind
   *     {@link ErrorKind#TOO_LARGE} if the document is larger than Momento takes (5 MB)
   */
  public CompletableFuture<PublishReceipt> publish(Entitlements.Content content) {
    return publish(content, OptionalLong.empty());
  }

  /**
   * Publishes a content that the caller has computed, in an order of the caller's own. If what is
   * stored has the same revision or a higher one, and other content, it stays, and the outcome is
   * {@link PublishReceipt.Outcome#SUPERSEDED}, which is no error.
   *
   * <p>All publishes for one user must then count in the same way: what the {@link
   * EntitlementSource} answers to a {@link #refresh}, or to an {@link EntitlementSessions#open},
   * which refreshes, needs a {@linkplain Entitlements.Content.Builder#revision revision} too.
   * Without one it counts in milliseconds of the clock, which is higher than any row version.
   *
   * @param content what the user is entitled to as of that revision
   * @param revision its place in the caller's order, such as the version of a database row: from 1
   *     to 2<sup>53</sup> - 1, which is what web players can read
   * @return completes with what became of it; fails with an {@link EntitlementsException}, as in
   *     {@link #publish(Entitlements.Content)}
   * @throws IllegalArgumentException if the revision is out of range
   */
  public CompletableFuture<PublishReceipt> publish(Entitlements.Content content, long revision) {
    if (revision < 1 || revision > PublishCall.MAX_REVISION) {
      throw new IllegalArgumentException(
          "revision is " + revision + "; it must be from 1 to " + PublishCall.MAX_REVISION);
    }
    return publish(content, OptionalLong.of(revision));
  }

  /**
   * Asks the source what a user is entitled to now, and publishes that. To be called whenever that
   * may have changed, after the change is committed.
   *
   * <p>Calls for one user that overlap in this process are merged, at most one running and one
   * waiting; each is answered by a computation that began after it was made. The deadline of one
   * that had to wait counts from its own beginning.
   *
   * @param userId the user: not blank, at most 256 bytes of UTF-8, no control characters
   * @return completes with what became of it; fails with an {@link EntitlementsException}, of kind
   *     {@link ErrorKind#SOURCE_FAILED} if the source failed, threw, or answered null, {@link
   *     ErrorKind#FOREIGN_USER} if it answered with another user's content
   * @throws IllegalArgumentException if the user id is not allowed
   */
  public CompletableFuture<PublishReceipt> refresh(String userId) {
    Names.requireUserId(userId);
    if (open.isClosed()) {
      return open.refused(userId);
    }
    PublishCall fresh =
        new PublishCall(publishing, userId, new SourceLoader(source, userId), OptionalLong.empty());
    PublishCall answering = refreshes.merge(fresh);
    open.add(answering);
    return Futures.mirror(answering.result());
  }

  /**
   * Refreshes many users, such as all of them after a change of plans. The result is that of a
   * {@link #refresh} for each, in no certain order.
   *
   * <ol>
   *   <li>The stream is pulled as users are done, never collected: a million ids take no more
   *       memory than a hundred. It is pulled and closed on the publisher's executor, one thread at
   *       a time, and may block there. It belongs to the run from now on.
   *   <li>A user who cannot be refreshed within a call's deadline, or whose id is not allowed, is
   *       told to {@link BulkListener#onFailure}, and the run goes on. To try them again, make them
   *       the stream of another run.
   *   <li>Where Momento's quota is used up the run slows down, and tries the users concerned again,
   *       until it gets through or is stopped: that is no failure of theirs.
   *   <li>It stops when the future is cancelled, the publisher closes, or the stream throws. What
   *       is under way ends first, then the stream is closed and {@link BulkListener#onEnd} told.
   *       To go on, let another run skip {@link BulkProgress#resumeAt} ids: some of those that
   *       follow may be done already, and doing them again is harmless.
   * </ol>
   *
   * @param userIds the users; duplicates are harmless
   * @param options how many at once, how fast
   * @param listener is told how it goes; {@link BulkListener#NONE} if nobody wants to know
   * @return completes once the stream has ended and every user is done, well or not, which the
   *     report says; fails with an {@link EntitlementsException} if it stopped before that, of kind
   *     {@link ErrorKind#CLOSED} if the publisher closed, {@link ErrorKind#SOURCE_FAILED} if the
   *     stream threw
   */
  public CompletableFuture<BulkReport> refreshAll(
      Stream<String> userIds, BulkOptions options, BulkListener listener) {
    if (open.isClosed()) {
      userIds.close();
      return open.refused(null);
    }
    BulkRun run =
        new BulkRun(
            this::refresh,
            Objects.requireNonNull(userIds, "userIds"),
            Objects.requireNonNull(options, "options"),
            Objects.requireNonNull(listener, "listener"),
            publishing);
    CompletableFuture<BulkReport> future = run.future();
    open.add(run);
    run.begin();
    return future;
  }

  private CompletableFuture<PublishReceipt> publish(
      Entitlements.Content content, OptionalLong revision) {
    if (open.isClosed()) {
      return open.refused(content.userId());
    }
    PublishCall call =
        new PublishCall(publishing, content.userId(), new KnownContent(content), revision);
    open.add(call);
    call.beginHere();
    return Futures.mirror(call.result());
  }

  MomentoBackend backend() {
    return backend;
  }

  /**
   * Takes no more calls, which then fail with {@link ErrorKind#CLOSED}, waits 5 s at most for those
   * that run, lets the rest fail with that kind too, and ends all threads of the publisher's own.
   * An executor of the host's and the backend stay as they are. Interrupting the waiting thread
   * cuts the wait short. Calling it again has no effect.
   */
  @Override
  public void close() {
    open.close();
    publishing.workers().close();
  }

  @Override
  public String toString() {
    return "EntitlementPublisher{" + backend + "}";
  }

  /**
   * Builds an {@link EntitlementPublisher}; each method checks what it is given. Not safe for use
   * by several threads.
   */
  public static final class Builder {
    private static final Duration MAX_TTL = Duration.ofHours(24);

    private final MomentoBackend backend;
    private final EntitlementSource source;
    private Duration itemTtl = MAX_TTL;
    private Duration callDeadline = Duration.ofSeconds(15);
    private int maxRememberedUsers = 10_000;
    private long maxRememberedBytes = 16L * 1024 * 1024;
    private @Nullable Executor executor;
    private @Nullable Workers workers;

    private Builder(MomentoBackend backend, EntitlementSource source) {
      this.backend = Objects.requireNonNull(backend, "backend");
      this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * Sets how long an item is kept after it was last published or found unchanged. An item that
     * has run out does not take anything away from the user; her next login stores it anew.
     *
     * @param itemTtl from 1 s to 24 h, Momento's limit; 24 h by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder itemTtl(Duration itemTtl) {
      if (itemTtl.compareTo(Duration.ofSeconds(1)) < 0 || itemTtl.compareTo(MAX_TTL) > 0) {
        throw new IllegalArgumentException(
            "itemTtl is " + itemTtl + "; it must be from 1 s to 24 h");
      }
      this.itemTtl = itemTtl;
      return this;
    }

    /**
     * Sets how long a call may take, all its attempts together.
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
     * Sets of how many users the last stored document is remembered. A publish for one of them does
     * without a read: it costs one conditional write and, if anything changed, one notification.
     * Where another process has published for the user since, it costs one refused write more than
     * it would without. So it pays where most publishes for a user come from the same process.
     *
     * @param maxRememberedUsers not negative; 10 000 by default, 0 to read each time
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxRememberedUsers(int maxRememberedUsers) {
      if (maxRememberedUsers < 0) {
        throw new IllegalArgumentException(
            "maxRememberedUsers is " + maxRememberedUsers + "; it must not be negative");
      }
      this.maxRememberedUsers = maxRememberedUsers;
      return this;
    }

    /**
     * Sets how many bytes of user ids and documents are remembered at most, for all users together.
     *
     * @param maxRememberedBytes not negative; 16 MiB by default
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxRememberedBytes(long maxRememberedBytes) {
      if (maxRememberedBytes < 0) {
        throw new IllegalArgumentException(
            "maxRememberedBytes is " + maxRememberedBytes + "; it must not be negative");
      }
      this.maxRememberedBytes = maxRememberedBytes;
      return this;
    }

    /**
     * Sets where the source is called and futures complete.
     *
     * @param executor the host's, never shut down by the publisher; by default the publisher has up
     *     to 16 daemon threads of its own. One that runs tasks in the calling thread would run them
     *     on I/O threads.
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
     * Makes the publisher. Nothing is sent yet, and no thread started.
     *
     * @return the publisher, to be closed by the caller
     * @throws IllegalArgumentException if items would run out within one call's deadline: a call
     *     could then not see that another one stored while it computed
     */
    public EntitlementPublisher build() {
      if (itemTtl.compareTo(callDeadline) < 0) {
        throw new IllegalArgumentException(
            "itemTtl, " + itemTtl + ", is shorter than callDeadline, " + callDeadline);
      }
      return new EntitlementPublisher(
          this,
          workers != null ? workers : Workers.start("entitlements-publisher", POOL_SIZE, executor));
    }
  }
}
