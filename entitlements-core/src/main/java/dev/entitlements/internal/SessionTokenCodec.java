package dev.entitlements.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entitlements.SessionToken;

/** The JSON form of a session token. */
public final class SessionTokenCodec {
  private SessionTokenCodec() {}

  public static String encode(SessionToken session) {
    ObjectNode json =
        JsonDocument.newObject()
            .put("token", session.token())
            .put("endpoint", session.endpoint().toString())
            .put("cacheName", session.cacheName())
            .put("userId", session.userId())
            .put("expiresAt", session.expiresAt().toString())
            .put("serverTime", session.serverTime().toString());
    if (!session.key().equals(session.userId())) {
      json.put("key", session.key());
    }
    session
        .snapshot()
        .ifPresent(snapshot -> json.set("snapshot", EntitlementsCodec.encodeNode(snapshot)));
    return JsonDocument.write(json);
  }

  public static SessionToken decode(String text) {
    JsonDocument json = JsonDocument.read("session token", text);
    try {
      SessionToken.Builder session =
          SessionToken.builder(json.text("userId"))
              .token(json.text("token"))
              .endpoint(Names.parseEndpoint(json.text("endpoint")))
              .cacheName(json.text("cacheName"))
              .expiresAt(json.instant("expiresAt"))
              .serverTime(json.instant("serverTime"));
      if (json.has("key")) {
        session.key(json.text("key"));
      }
      if (json.has("snapshot")) {
        session.snapshot(EntitlementsCodec.decode(json.object("snapshot")));
      }
      return session.build();
    } catch (IllegalArgumentException e) {
      throw json.refused(e);
    }
  }
}
