package dev.entitlements;

import dev.entitlements.internal.EntitlementsCodec;
import dev.entitlements.internal.JsonValues;
import dev.entitlements.internal.Names;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of what one user is entitled to: {@linkplain Content what} the backend
 * decided, stamped with a revision and the time of publishing.
 *
 * <p>Of two snapshots of one user the one with the higher revision is the newer one; revisions rise
 * strictly from one publish to the next, whichever process publishes.
 */
public final class Entitlements {
  private final Content content;
  private final long revision;
  private final Instant publishedAt;

  private Entitlements(Content content, long revision, Instant publishedAt) {
    this.content = content;
    this.revision = revision;
    this.publishedAt = publishedAt;
  }

  /**
   * Stamps a content.
   *
   * @param content what the user is entitled to
   * @param revision its place in the order of this user's snapshots, at least 1
   * @param publishedAt when it was published, in the backend's time
   * @return the snapshot
   * @throws IllegalArgumentException if the revision is less than 1
   */
  public static Entitlements of(Content content, long revision, Instant publishedAt) {
    return new Entitlements(
        Objects.requireNonNull(content, "content"),
        Names.requireRevision(revision),
        Objects.requireNonNull(publishedAt, "publishedAt"));
  }

  /**
   * Reads a snapshot from the JSON form in which it is stored in the cache.
   *
   * @param json the document; unknown fields are ignored
   * @return the snapshot
   * @throws EntitlementsException of kind {@link ErrorKind#MALFORMED} if it is not a valid
   *     document, {@link ErrorKind#UNKNOWN_SCHEMA} if a newer version of this library wrote it
   */
  public static Entitlements fromJson(String json) {
    return EntitlementsCodec.decode(json);
  }

  /**
   * Writes the snapshot in the JSON form in which it is stored in the cache and published on the
   * topic.
   *
   * @return one line of JSON
   */
  public String toJson() {
    return EntitlementsCodec.encode(this);
  }

  /**
   * Whose snapshot it is.
   *
   * @return the user's id
   */
  public String userId() {
    return content.userId;
  }

  /**
   * Its place in the order of this user's snapshots.
   *
   * @return the revision, at least 1
   */
  public long revision() {
    return revision;
  }

  /**
   * When it was published.
   *
   * @return the instant, in the backend's time
   */
  public Instant publishedAt() {
    return publishedAt;
  }

  /**
   * What the backend decided, without the stamp.
   *
   * @return the content
   */
  public Content content() {
    return content;
  }

  /**
   * All grants.
   *
   * @return grants by id, unmodifiable, in the order in which they were given
   */
  public Map<String, Entitlement> entitlements() {
    return content.entitlements;
  }

  /**
   * One grant.
   *
   * @param id its id
   * @return the grant, or empty if the user has none of that id
   */
  public Optional<Entitlement> entitlement(String id) {
    return Optional.ofNullable(content.entitlements.get(id));
  }

  /**
   * Whatever else the backend says about the user.
   *
   * @return JSON values by name, deeply unmodifiable: String, Boolean, Long (whole numbers that
   *     fit), Double (all other numbers), List and Map
   */
  public Map<String, Object> attributes() {
    return content.attributes;
  }

  /**
   * This snapshot as it counts at an instant.
   *
   * @param instant the instant, in the backend's time
   * @return the same snapshot with only the grants that are active then; this object if that is all
   *     of them
   */
  public Entitlements activeAt(Instant instant) {
    Map<String, Entitlement> active = new LinkedHashMap<>();
    for (Entitlement entitlement : content.entitlements.values()) {
      if (entitlement.isActiveAt(instant)) {
        active.put(entitlement.id(), entitlement);
      }
    }
    return active.size() == content.entitlements.size()
        ? this
        : new Entitlements(
            new Content(content.userId, active, content.attributes, content.revision),
            revision,
            publishedAt);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof Entitlements)) {
      return false;
    }
    Entitlements that = (Entitlements) o;
    return revision == that.revision
        && publishedAt.equals(that.publishedAt)
        && content.equals(that.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(content, revision, publishedAt);
  }

  @Override
  public String toString() {
    return "Entitlements{"
        + content.userId
        + " r"
        + revision
        + " "
        + content.entitlements.values()
        + "}";
  }

  /** What the backend decides for one user, before a publisher stamps it. Immutable. */
  public static final class Content {
    private final String userId;
    private final Map<String, Entitlement> entitlements;
    private final Map<String, Object> attributes;

    /** The backend's own, or 0. */
    private final long revision;

    private Content(
        String userId,
        Map<String, Entitlement> entitlements,
        Map<String, Object> attributes,
        long revision) {
      this.userId = userId;
      this.revision = revision;
      this.entitlements = Collections.unmodifiableMap(entitlements);
      this.attributes = Collections.unmodifiableMap(attributes);
    }

    /**
     * Starts a content.
     *
     * @param userId whose it is: not blank, at most 256 bytes of UTF-8, no control characters
     * @return a builder, not safe for use by several threads
     * @throws IllegalArgumentException if the id is not allowed
     */
    public static Builder builder(String userId) {
      return new Builder(Names.requireUserId(userId));
    }

    /**
     * A content of these grants and no attributes.
     *
     * @param userId whose it is; see {@link #builder}
     * @param entitlements the grants, each id once
     * @return the content
     * @throws IllegalArgumentException if the user id is not allowed or an entitlement id comes
     *     twice
     */
    public static Content of(String userId, Entitlement... entitlements) {
      return builder(userId).entitlements(Arrays.asList(entitlements)).build();
    }

    /**
     * Whose it is.
     *
     * @return the user's id
     */
    public String userId() {
      return userId;
    }

    /**
     * All grants.
     *
     * @return grants by id, unmodifiable, in the order in which they were given
     */
    public Map<String, Entitlement> entitlements() {
      return entitlements;
    }

    /**
     * Whatever else the backend says about the user.
     *
     * @return JSON values by name, deeply unmodifiable, as in {@link Entitlements#attributes()}
     */
    public Map<String, Object> attributes() {
      return attributes;
    }

    /**
     * The revision that the backend gave it. It is no part of what the user is entitled to: {@link
     * #equals} ignores it, and a content that was read back has none.
     *
     * @return the revision, or empty if the publisher is to count
     */
    public OptionalLong revision() {
      return revision == 0 ? OptionalLong.empty() : OptionalLong.of(revision);
    }

    @Override
    public boolean equals(@Nullable Object o) {
      if (!(o instanceof Content)) {
        return false;
      }
      Content that = (Content) o;
      return userId.equals(that.userId)
          && entitlements.equals(that.entitlements)
          && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
      return Objects.hash(userId, entitlements, attributes);
    }

    @Override
    public String toString() {
      return "Content{" + userId + " " + entitlements.values() + "}";
    }

    /**
     * Builds a {@link Content}; each method checks what it is given. Not safe for use by several
     * threads.
     */
    public static final class Builder {
      private static final long MAX_REVISION = (1L << 53) - 1;

      private final String userId;
      private final Map<String, Entitlement> entitlements = new LinkedHashMap<>();
      private final Map<String, Object> attributes = new LinkedHashMap<>();
      private long revision;

      private Builder(String userId) {
        this.userId = userId;
      }

      /**
       * Adds a grant.
       *
       * @param entitlement the grant
       * @return this builder
       * @throws IllegalArgumentException if there is one of that id already
       */
      public Builder entitlement(Entitlement entitlement) {
        if (entitlements.putIfAbsent(entitlement.id(), entitlement) != null) {
          throw new IllegalArgumentException("entitlement '" + entitlement.id() + "' comes twice");
        }
        return this;
      }

      /**
       * Adds grants.
       *
       * @param entitlements the grants
       * @return this builder
       * @throws IllegalArgumentException if an id comes twice
       */
      public Builder entitlements(Collection<Entitlement> entitlements) {
        entitlements.forEach(this::entitlement);
        return this;
      }

      /**
       * Sets one attribute.
       *
       * @param name its name, under the rules of an id
       * @param value String, Boolean, Number, List or Map of such; copied. A text has at most
       *     1,048,576 characters, a name in a map at most 1,024, and nesting is at most 16 deep
       * @return this builder
       * @throws IllegalArgumentException if the name is not allowed or the value is not a JSON
       *     value within these limits
       */
      public Builder attribute(String name, Object value) {
        Names.requireId("attribute name", name);
        attributes.put(name, JsonValues.copyOf("attribute '" + name + "'", value));
        return this;
      }

      /**
       * Gives the content a revision of the backend's own, such as the version of the database row
       * that it was computed from. All contents of one user must have one then. Of two contents the
       * one with the higher revision is the newer one, in whichever order they are published.
       *
       * @param revision from 1 to 2<sup>53</sup> - 1, which is what web players can read
       * @return this builder
       * @throws IllegalArgumentException if it is out of range
       */
      public Builder revision(long revision) {
        if (revision < 1 || revision > MAX_REVISION) {
          throw new IllegalArgumentException(
              "revision is " + revision + "; it must be from 1 to " + MAX_REVISION);
        }
        this.revision = revision;
        return this;
      }

      /**
       * Makes the content.
       *
       * @return the content
       */
      public Content build() {
        return new Content(
            userId, new LinkedHashMap<>(entitlements), new LinkedHashMap<>(attributes), revision);
      }
    }
  }
}
