package dev.entitlements.internal;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/** The rules for ids, names, revisions and endpoints, in one place. */
public final class Names {
  /** Of an id, in bytes of UTF-8. */
  public static final int MAX_BYTES = 256;

  /** Of a key, in bytes of UTF-8: room for a user id and as much prefix. */
  private static final int MAX_KEY_BYTES = 2 * MAX_BYTES;

  private static final int MAX_PORT = 65535;

  private Names() {}

  /**
   * A user id is at once a cache key, a topic and a path segment of Momento's HTTP API, so what is
   * allowed is what all of them can carry.
   */
  public static String requireUserId(String userId) {
    return requireId("user id", userId);
  }

  /** The same rules for the id of an entitlement, a limit or an attribute. */
  public static String requireId(String what, String id) {
    return require(what, id, MAX_BYTES);
  }

  /** A cache key and topic: a user id, with a prefix before it or without. */
  public static String requireKey(String key) {
    return require("key", key, MAX_KEY_BYTES);
  }

  /** The name of a cache travels in a header, so it is of ASCII. */
  public static String requireCacheName(String name) {
    requireId("cache name", name);
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > '~') {
        throw new IllegalArgumentException("cache name has a character that is not ASCII at " + i);
      }
    }
    return name;
  }

  /** Revisions count from 1, so that 0 can stand for "none yet". */
  public static long requireRevision(long revision) {
    if (revision < 1) {
      throw new IllegalArgumentException("revision is " + revision + "; it must be at least 1");
    }
    return revision;
  }

  private static String require(String what, String id, int maxBytes) {
    if (id == null) {
      throw new NullPointerException(what + " is null");
    }
    if (isBlank(id)) {
      throw new IllegalArgumentException(what + " is blank");
    }
    for (int i = 0; i < id.length(); i++) {
      if (Character.isISOControl(id.charAt(i))) {
        throw new IllegalArgumentException(
            what
                + " has a control character (U+"
                + String.format("%04X", (int) id.charAt(i))
                + ") at "
                + i);
      }
    }
    int surrogate = unpairedSurrogate(id);
    if (surrogate >= 0) {
      throw new IllegalArgumentException(
          what + " has an unpaired surrogate at " + surrogate + ", which UTF-8 cannot carry");
    }
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > maxBytes) {
      throw new IllegalArgumentException(
          what + " is " + bytes + " bytes of UTF-8; at most " + maxBytes + " are allowed");
    }
    return id;
  }

  private static boolean isBlank(String s) {
    return s.chars().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  /** Where a text has half of a pair, which UTF-8 cannot carry; -1 if nowhere. */
  static int unpairedSurrogate(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (isUnpairedSurrogate(s, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isUnpairedSurrogate(String s, int i) {
    char c = s.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == s.length() || !Character.isLowSurrogate(s.charAt(i + 1));
    }
    return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(s.charAt(i - 1)));
  }

  /** An endpoint from its text; see {@link #requireEndpoint}. */
  public static URI parseEndpoint(String text) {
    URI endpoint;
    try {
      endpoint = new URI(text);
    } catch (URISyntaxException e) {
      throw notAnEndpoint("is not a URI");
    }
    requireEndpoint(endpoint);
    return endpoint;
  }

  /**
   * An endpoint is a scheme, a host and perhaps a port: anything more would be dropped silently.
   * The error does not quote it: somebody may have put a secret there.
   */
  public static void requireEndpoint(URI endpoint) {
    String scheme = endpoint.getScheme();
    String path = endpoint.getRawPath();
    int port = endpoint.getPort();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      throw notAnEndpoint("has no scheme http or https");
    }
    if (endpoint.getHost() == null) {
      throw notAnEndpoint("has no valid host");
    }
    if (port == 0 || port > MAX_PORT) {
      throw notAnEndpoint("has a port that is not from 1 to " + MAX_PORT);
    }
    if (path != null && !path.isEmpty() && !path.equals("/")) {
      throw notAnEndpoint("has a path");
    }
    if (endpoint.getRawUserInfo() != null
        || endpoint.getRawQuery() != null
        || endpoint.getRawFragment() != null) {
      throw notAnEndpoint("has more than a host and a port");
    }
  }

  private static IllegalArgumentException notAnEndpoint(String why) {
    return new IllegalArgumentException(
        "endpoint " + why + "; it must be of the form https://cache.<cell> or http://host:port");
  }

  /** P5: what is not of this user is refused, whatever it says. */
  public static void requireSameUser(String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new EntitlementsException(
          ErrorKind.FOREIGN_USER,
          "data of user '" + actual + "' came where only data of user '" + expected + "' belongs",
          null,
          expected);
    }
  }
}
