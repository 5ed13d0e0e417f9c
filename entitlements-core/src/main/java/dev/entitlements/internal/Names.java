package dev.entitlements.internal;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The rules for ids and names, in one place. */
public final class Names {
  /** Of an id, in bytes of UTF-8. */
  public static final int MAX_BYTES = 256;

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
    if (id == null) {
      throw new NullPointerException(what + " is null");
    }
    if (id.trim().isEmpty()) {
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
      if (isUnpairedSurrogate(id, i)) {
        throw new IllegalArgumentException(
            what + " has an unpaired surrogate at " + i + ", which UTF-8 cannot carry");
      }
    }
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          what + " is " + bytes + " bytes of UTF-8; at most " + MAX_BYTES + " are allowed");
    }
    return id;
  }

  private static boolean isUnpairedSurrogate(String s, int i) {
    char c = s.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == s.length() || !Character.isLowSurrogate(s.charAt(i + 1));
    }
    return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(s.charAt(i - 1)));
  }

  /**
   * An endpoint is a scheme, a host and perhaps a port: anything more would be dropped silently.
   */
  public static void requireEndpoint(URI endpoint) {
    boolean http =
        "http".equalsIgnoreCase(endpoint.getScheme())
            || "https".equalsIgnoreCase(endpoint.getScheme());
    boolean bare =
        endpoint.getRawPath() == null
            || endpoint.getRawPath().isEmpty()
            || endpoint.getRawPath().equals("/");
    if (!http || endpoint.getHost() == null || !bare || endpoint.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "endpoint '"
              + endpoint
              + "' is not of the form https://cache.<cell> or http://host:port");
    }
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
