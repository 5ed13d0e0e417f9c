package dev.entitlements.examples.quickstart;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What was seen, and when by {@link System#nanoTime()}. */
record Sighting<T>(@Nullable T value, long nanos) {
  static <T> Sighting<T> none() {
    return new Sighting<>(null, 0);
  }

  boolean is(Predicate<T> wanted) {
    return value != null && wanted.test(value);
  }

  T seen() {
    if (value == null) {
      throw new IllegalStateException("nothing was seen");
    }
    return value;
  }
}
