package dev.entitlements.local.internal.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import grpc.permission_messages.Permissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns claims into tokens and back. A token is a JWT signed with HMAC-SHA256 and a secret that
 * this server drew at random and keeps in memory alone: no other server takes it.
 */
public final class TokenSigner {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final SecretKeySpec secret;

  public TokenSigner() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    secret = new SecretKeySpec(random, "HmacSHA256");
  }

  public String sign(TokenClaims claims) {
    String payload =
        JSON.createObjectNode()
            .put("exp", claims.expiresAt().getEpochSecond())
            .put("id", claims.tokenId())
            .put("era", claims.era())
            .put("p", ENCODER.encodeToString(claims.permissions().toByteArray()))
            .toString();
    String signed = HEADER + "." + encode(payload);
    return signed + "." + ENCODER.encodeToString(mac(signed));
  }

  /** The claims of a token that this server signed; empty for anything else. */
  public Optional<TokenClaims> verify(String token) {
    int dot = token.lastIndexOf('.');
    if (dot < 0 || !token.startsWith(HEADER + ".")) {
      return Optional.empty();
    }
    try {
      String signed = token.substring(0, dot);
      // Compared in constant time, and before anything in the token is read.
      if (!MessageDigest.isEqual(mac(signed), DECODER.decode(token.substring(dot + 1)))) {
        return Optional.empty();
      }
      JsonNode payload = JSON.readTree(DECODER.decode(signed.substring(HEADER.length() + 1)));
      return Optional.of(
          new TokenClaims(
              payload.path("id").asText(),
              Instant.ofEpochSecond(payload.path("exp").asLong()),
              Permissions.parseFrom(DECODER.decode(payload.path("p").asText())),
              payload.path("era").asLong()));
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      // Every Java platform has HmacSHA256.
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
