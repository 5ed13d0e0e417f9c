package dev.entitlements.client;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One visible change of a user's entitlements, as one listener sees it. Immutable. */
public final class EntitlementChange {
  private final @Nullable Entitlements previous;
  private final Entitlements current;
  private final Cause cause;

  private EntitlementChange(@Nullable Entitlements previous, Entitlements current, Cause cause) {
    this.previous = previous;
    this.current = current;
    this.cause = cause;
  }

  /**
   * A change; for the watcher, and for tests of listeners.
   *
   * @param previous what the listener saw last, or null if it saw nothing yet
   * @param current what there is now
   * @param cause what brought it
   * @return the change
   */
  public static EntitlementChange of(
      @Nullable Entitlements previous, Entitlements current, Cause cause) {
    return new EntitlementChange(
        previous,
        Objects.requireNonNull(current, "current"),
        Objects.requireNonNull(cause, "cause"));
  }

  /**
   * What the listener saw last.
   *
   * @return the snapshot, with the grants that were active then; empty if it is told for the first
   *     time
   */
  public Optional<Entitlements> previous() {
    return Optional.ofNullable(previous);
  }

  /**
   * What there is now.
   *
   * @return the snapshot, with the grants that are active now
   */
  public Entitlements current() {
    return current;
  }

  /**
   * What brought the change.
   *
   * @return the cause; of several changes that a slow listener is told of as one, that of the last
   */
  public Cause cause() {
    return cause;
  }

  /**
   * Grants that are new.
   *
   * @return ids that are in {@code current} and not in {@code previous}, unmodifiable
   */
  public Set<String> added() {
    return select(current, id -> !before().containsKey(id));
  }

  /**
   * Grants that are gone: revoked or run out.
   *
   * @return ids that are in {@code previous} and not in {@code current}, unmodifiable
   */
  public Set<String> removed() {
    return previous == null
        ? Collections.emptySet()
        : select(previous, id -> !current.entitlements().containsKey(id));
  }

  /**
   * Grants that are there before and after, but not the same.
   *
   * @return ids whose validity, limits or attributes differ, unmodifiable
   */
  public Set<String> changed() {
    return select(
        current,
        id ->
            before().containsKey(id)
                && !Objects.equals(current.entitlements().get(id), before().get(id)));
  }

  private Map<String, Entitlement> before() {
    return previous == null ? Collections.emptyMap() : previous.entitlements();
  }

  private static Set<String> select(Entitlements from, Predicate<String> wanted) {
    Set<String> ids = new LinkedHashSet<>();
    for (String id : from.entitlements().keySet()) {
      if (wanted.test(id)) {
        ids.add(id);
      }
    }
    return Collections.unmodifiableSet(ids);
  }

  @Override
  public String toString() {
    return "EntitlementChange{"
        + cause
        + ", r"
        + current.revision()
        + ", added "
        + added()
        + ", removed "
        + removed()
        + ", changed "
        + changed()
        + "}";
  }

  /** What brought a change. */
  public enum Cause {
    /** A session came with the snapshot inside. */
    LOGIN,
    /** A message on the user's topic. */
    PUSH,
    /** A read of the cache. */
    REFRESH,
    /** A grant's {@code validFrom} or {@code validUntil} passed. */
    EXPIRY
  }
}
