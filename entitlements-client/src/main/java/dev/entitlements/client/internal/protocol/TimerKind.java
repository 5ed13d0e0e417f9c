package dev.entitlements.client.internal.protocol;

/** What the watcher waits for. There is at most one timer of each kind. */
public enum TimerKind {
  /**
   * To fetch a session, because the token nears its end or the last fetch failed; or for a fetch to
   * end.
   */
  SESSION,
  /** To open a stream after one has ended. */
  STREAM,
  /** For the first heartbeat of a stream. */
  FIRST_HEARTBEAT,
  /** For the first heartbeat of the stream that is to take over. */
  HANDOVER,
  /** For the next sign of life of a stream on which heartbeats come regularly. */
  SILENCE,
  /** To read the cache again after a read that failed or came too early. */
  READ,
  /** To read the cache although nothing calls for it. */
  RECONCILE,
  /** For a grant to begin or end. */
  EXPIRY
}
