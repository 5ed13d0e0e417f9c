package dev.entitlements.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attribute values as plain JDK types: String, Boolean, Long, Double, List and Map, deeply
 * immutable.
 *
 * <p>Each JSON value has exactly one form here, so that a document read back equals the one that
 * was written: a whole number that fits is a Long, any other number a Double. A null member of an
 * object counts as absent.
 */
public final class JsonValues {
  /** Deeper values are refused: nobody needs them, and recursion has an end. */
  static final int MAX_DEPTH = 16;

  /** Of a text, in characters. */
  static final int MAX_TEXT = 1024 * 1024;

  /** Of a name, in characters. */
  static final int MAX_NAME = 1024;

  private JsonValues() {}

  /** The canonical form of an attribute map. */
  public static Map<String, Object> copyOf(Map<String, ?> attributes) {
    return copyMap("attributes", attributes, 0);
  }

  /** The canonical form of one value, which is not null. */
  public static Object copyOf(String where, Object value) {
    return copy(where, value, 0);
  }

  private static Object copy(String where, Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(where + " is nested deeper than " + MAX_DEPTH);
    }
    if (value instanceof Boolean) {
      return value;
    }
    if (value instanceof String) {
      return text(where + " is", where + " has", MAX_TEXT, (String) value);
    }
    if (value instanceof Number) {
      return number(where, (Number) value);
    }
    if (value instanceof List) {
      return copyList(where, (List<?>) value, depth);
    }
    if (value instanceof Map) {
      return copyMap(where, (Map<?, ?>) value, depth);
    }
    throw new IllegalArgumentException(
        where
            + " is a "
            + value.getClass().getName()
            + "; allowed are String, Boolean, Number, List and Map");
  }

  /** Only what can be read back, and as it was. */
  private static String text(String is, String has, int max, String text) {
    if (text.length() > max) {
      throw new IllegalArgumentException(
          is + " " + text.length() + " characters long; at most " + max + " are allowed");
    }
    int surrogate = Names.unpairedSurrogate(text);
    if (surrogate >= 0) {
      throw new IllegalArgumentException(
          has + " an unpaired surrogate at " + surrogate + ", which UTF-8 cannot carry");
    }
    return text;
  }

  private static Number number(String where, Number n) {
    if (n instanceof Long || n instanceof Integer || n instanceof Short || n instanceof Byte) {
      return n.longValue();
    }
    if (n instanceof BigInteger && ((BigInteger) n).bitLength() < Long.SIZE) {
      return n.longValue();
    }
    if (n instanceof Double
        || n instanceof Float
        || n instanceof BigDecimal
        || n instanceof BigInteger) {
      double d = n.doubleValue();
      if (Double.isNaN(d) || Double.isInfinite(d)) {
        throw new IllegalArgumentException(where + " is " + n + ", which JSON cannot carry");
      }
      return d;
    }
    throw new IllegalArgumentException(
        where + " is a number of an unknown type, " + n.getClass().getName());
  }

  private static List<@Nullable Object> copyList(String where, List<?> list, int depth) {
    List<@Nullable Object> copy = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      Object element = list.get(i);
      copy.add(element == null ? null : copy(where + "[" + i + "]", element, depth + 1));
    }
    return Collections.unmodifiableList(copy);
  }

  private static Map<String, Object> copyMap(String where, Map<?, ?> map, int depth) {
    Map<String, Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String)) {
        throw new IllegalArgumentException(
            where + " has a key that is not a String: " + entry.getKey());
      }
      if (entry.getValue() != null) {
        String key =
            text(
                where + " has a name that is",
                where + " has a name with",
                MAX_NAME,
                (String) entry.getKey());
        copy.put(key, copy(where + "." + key, entry.getValue(), depth + 1));
      }
    }
    return Collections.unmodifiableMap(copy);
  }
}
