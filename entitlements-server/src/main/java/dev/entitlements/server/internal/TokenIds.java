package dev.entitlements.server.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How a token names its bearer to the service. */
final class TokenIds {
  /** Momento's limit, in characters; a SHA-256 in hex is exactly as long. */
  private static final int MAX_LENGTH = 64;

  private TokenIds() {}

  static String of(String userId) {
    return userId.length() <= MAX_LENGTH ? userId : sha256(userId);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
