package dev.entitlements;

import dev.entitlements.internal.JsonValues;
import dev.entitlements.internal.Names;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One grant: what a user may do, from when, until when, and within which limits. Immutable.
 *
 * <p>A grant is <em>active</em> from {@code validFrom}, inclusive, to {@code validUntil},
 * exclusive; either may be absent, which leaves that side open.
 */
public final class Entitlement {
  private final String id;
  private final @Nullable Instant validFrom;
  private final @Nullable Instant validUntil;
  private final Map<String, Long> limits;
  private final Map<String, Object> attributes;

  private Entitlement(Builder builder) {
    id = builder.id;
    validFrom = builder.validFrom;
    validUntil = builder.validUntil;
    limits = Collections.unmodifiableMap(new LinkedHashMap<>(builder.limits));
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.attributes));
  }

  /**
   * A grant without bounds, limits or attributes.
   *
   * @param id what is granted; see {@link #builder}
   * @return the grant
   * @throws IllegalArgumentException if the id is not allowed
   */
  public static Entitlement of(String id) {
    return builder(id).build();
  }

  /**
   * Starts a grant.
   *
   * @param id what is granted, such as {@code premium}: not blank, at most 256 bytes of UTF-8, no
   *     control characters
   * @return a builder, not safe for use by several threads
   * @throws IllegalArgumentException if the id is not allowed
   */
  public static Builder builder(String id) {
    return new Builder(Names.requireId("entitlement id", id));
  }

  /**
   * What is granted.
   *
   * @return the id, unique within one user's entitlements
   */
  public String id() {
    return id;
  }

  /**
   * When the grant begins.
   *
   * @return the first instant at which it is active, or empty if it always was
   */
  public Optional<Instant> validFrom() {
    return Optional.ofNullable(validFrom);
  }

  /**
   * When the grant ends.
   *
   * @return the first instant at which it is no longer active, or empty if it does not end by
   *     itself
   */
  public Optional<Instant> validUntil() {
    return Optional.ofNullable(validUntil);
  }

  /**
   * How much of it is granted, such as {@code streams = 4}.
   *
   * @return limits by name, unmodifiable, in the order in which they were given
   */
  public Map<String, Long> limits() {
    return limits;
  }

  /**
   * One limit.
   *
   * @param name its name
   * @return the limit, or empty if there is none of that name
   */
  public OptionalLong limit(String name) {
    Long limit = limits.get(name);
    return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  /**
   * Whatever else the backend says about the grant.
   *
   * @return JSON values by name, deeply unmodifiable: String, Boolean, Long (whole numbers that
   *     fit), Double (all other numbers), List and Map
   */
  public Map<String, Object> attributes() {
    return attributes;
  }

  /**
   * Whether the grant is active at an instant.
   *
   * @param instant the instant, in the backend's time
   * @return true from {@code validFrom}, inclusive, to {@code validUntil}, exclusive
   */
  public boolean isActiveAt(Instant instant) {
    return (validFrom == null || !instant.isBefore(validFrom))
        && (validUntil == null || instant.isBefore(validUntil));
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof Entitlement)) {
      return false;
    }
    Entitlement that = (Entitlement) o;
    return id.equals(that.id)
        && Objects.equals(validFrom, that.validFrom)
        && Objects.equals(validUntil, that.validUntil)
        && limits.equals(that.limits)
        && attributes.equals(that.attributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, validFrom, validUntil, limits, attributes);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(id);
    if (validFrom != null) {
      text.append(" from ").append(validFrom);
    }
    if (validUntil != null) {
      text.append(" until ").append(validUntil);
    }
    if (!limits.isEmpty()) {
      text.append(' ').append(limits);
    }
    return text.toString();
  }

  /**
   * Builds an {@link Entitlement}; each method checks what it is given. Not safe for use by several
   * threads.
   */
  public static final class Builder {
    private final String id;
    private @Nullable Instant validFrom;
    private @Nullable Instant validUntil;
    private final Map<String, Long> limits = new LinkedHashMap<>();
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    private Builder(String id) {
      this.id = id;
    }

    /**
     * Sets when the grant begins.
     *
     * @param validFrom the first instant at which it is active, or null if it always was
     * @return this builder
     */
    public Builder validFrom(@Nullable Instant validFrom) {
      this.validFrom = validFrom;
      return this;
    }

    /**
     * Sets when the grant ends.
     *
     * @param validUntil the first instant at which it is no longer active, or null if it does not
     *     end by itself
     * @return this builder
     */
    public Builder validUntil(@Nullable Instant validUntil) {
      this.validUntil = validUntil;
      return this;
    }

    /**
     * Sets one limit.
     *
     * @param name its name, under the rules of an id
     * @param limit how much is granted
     * @return this builder
     * @throws IllegalArgumentException if the name is not allowed
     */
    public Builder limit(String name, long limit) {
      limits.put(Names.requireId("limit name", name), limit);
      return this;
    }

    /**
     * Sets one attribute.
     *
     * @param name its name, under the rules of an id
     * @param value String, Boolean, Number, List or Map of such; copied. A text has at most
     *     1,048,576 characters, a name in a map at most 1,024, and nesting is at most 16 deep
     * @return this builder
     * @throws IllegalArgumentException if the name is not allowed or the value is not a JSON value
     *     within these limits
     */
    public Builder attribute(String name, Object value) {
      Names.requireId("attribute name", name);
      attributes.put(name, JsonValues.copyOf("attribute '" + name + "'", value));
      return this;
    }

    /**
     * Makes the grant.
     *
     * @return the grant
     * @throws IllegalArgumentException if it would end before, or when, it begins
     */
    public Entitlement build() {
      if (validFrom != null && validUntil != null && !validFrom.isBefore(validUntil)) {
        throw new IllegalArgumentException(
            "entitlement '"
                + id
                + "' is never active: validFrom "
                + validFrom
                + " is not before validUntil "
                + validUntil);
      }
      return new Entitlement(this);
    }
  }
}
