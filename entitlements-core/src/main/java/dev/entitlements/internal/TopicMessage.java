package dev.entitlements.internal;

import dev.entitlements.Entitlements;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher says on a user's topic: a whole snapshot, or the notice that one is in the
 * cache.
 */
public final class TopicMessage {
  private final String userId;
  private final long revision;
  private final @Nullable Entitlements snapshot;

  private TopicMessage(String userId, long revision, @Nullable Entitlements snapshot) {
    this.userId = userId;
    this.revision = revision;
    this.snapshot = snapshot;
  }

  static TopicMessage inline(Entitlements snapshot) {
    return new TopicMessage(snapshot.userId(), snapshot.revision(), snapshot);
  }

  static TopicMessage notice(String userId, long revision) {
    return new TopicMessage(userId, revision, null);
  }

  public String userId() {
    return userId;
  }

  /** The revision that the cache holds, or a later one. */
  public long revision() {
    return revision;
  }

  /** The snapshot itself, or empty if the message is a notice. */
  public Optional<Entitlements> snapshot() {
    return Optional.ofNullable(snapshot);
  }
}
