package dev.entitlements.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The wire format: UTF-8 JSON, the same in the cache and on the topic, so that a web player built
 * on Momento's JavaScript SDK can read it. Unknown fields are ignored, an unknown schema is
 * refused.
 */
public final class EntitlementsCodec {
  /** Raised only when an old reader would misunderstand a new document. */
  private static final long SCHEMA = 1;

  /** How often an item was renewed. Readers ignore it. */
  private static final String RENEWALS = "renewals";

  /** What {@link #renewed} may add to an item, in bytes, at most. */
  public static final int MAX_RENEWALS_BYTES = 32;

  private EntitlementsCodec() {}

  public static String encode(Entitlements snapshot) {
    return JsonDocument.write(encodeNode(snapshot));
  }

  /** As a node, to be put inside another document. */
  static ObjectNode encodeNode(Entitlements snapshot) {
    ObjectNode json = stamped(snapshot.userId(), snapshot.revision());
    json.put("publishedAt", snapshot.publishedAt().toString());
    ArrayNode entitlements = json.putArray("entitlements");
    snapshot.entitlements().values().forEach(e -> entitlements.add(encode(e)));
    putIfAny(json, "attributes", snapshot.attributes());
    return json;
  }

  public static byte[] encodeUtf8(Entitlements snapshot) {
    return encode(snapshot).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The same document in bytes that were never stored before: with one renewal more. A publisher
   * that is about to overwrite the old bytes then finds that somebody has been there since.
   */
  public static byte[] renewed(byte[] item) {
    JsonDocument json = JsonDocument.read("cache item", item);
    return JsonDocument.write(json.with(RENEWALS, json.integerIfAny(RENEWALS) + 1))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Whether an item was renewed since it was stored. */
  public static boolean isRenewed(byte[] item) {
    return JsonDocument.read("cache item", item).integerIfAny(RENEWALS) != 0;
  }

  public static String encodeNotice(String userId, long revision) {
    return JsonDocument.write(stamped(userId, revision).put("notice", true));
  }

  public static Entitlements decode(String json) {
    return decode(JsonDocument.read("snapshot", json));
  }

  /** Reads a cache item that should be of this user. */
  public static Entitlements decodeItem(String userId, byte[] item) {
    Entitlements snapshot = decode(JsonDocument.read("cache item", item));
    Names.requireSameUser(userId, snapshot.userId());
    return snapshot;
  }

  /** Reads a topic message that should be of this user. */
  public static TopicMessage decodeMessage(String userId, byte[] message) {
    JsonDocument json = JsonDocument.read("topic message", message);
    requireKnownSchema(json);
    TopicMessage decoded =
        json.isTrue("notice") ? notice(json) : TopicMessage.inline(snapshot(json));
    Names.requireSameUser(userId, decoded.userId());
    return decoded;
  }

  static Entitlements decode(JsonDocument json) {
    requireKnownSchema(json);
    return snapshot(json);
  }

  private static ObjectNode stamped(String userId, long revision) {
    return JsonDocument.newObject()
        .put("schema", SCHEMA)
        .put("userId", userId)
        .put("revision", revision);
  }

  private static ObjectNode encode(Entitlement entitlement) {
    ObjectNode json = JsonDocument.newObject().put("id", entitlement.id());
    entitlement.validFrom().ifPresent(at -> json.put("validFrom", at.toString()));
    entitlement.validUntil().ifPresent(at -> json.put("validUntil", at.toString()));
    putIfAny(json, "limits", entitlement.limits());
    putIfAny(json, "attributes", entitlement.attributes());
    return json;
  }

  /** Topic messages have 4 KB, so what is empty is left out. */
  private static void putIfAny(ObjectNode json, String field, Map<String, ?> values) {
    if (!values.isEmpty()) {
      json.set(field, JsonDocument.toNode(values));
    }
  }

  private static void requireKnownSchema(JsonDocument json) {
    long schema = json.integer("schema");
    if (schema != SCHEMA) {
      throw new EntitlementsException(
          ErrorKind.UNKNOWN_SCHEMA,
          "the document is of schema "
              + schema
              + "; this version reads schema "
              + SCHEMA
              + ": update the library");
    }
  }

  private static TopicMessage notice(JsonDocument json) {
    try {
      return TopicMessage.notice(
          Names.requireUserId(json.text("userId")),
          Names.requireRevision(json.integer("revision")));
    } catch (IllegalArgumentException e) {
      throw json.refused(e);
    }
  }

  private static Entitlements snapshot(JsonDocument json) {
    try {
      Entitlements.Content.Builder content = Entitlements.Content.builder(json.text("userId"));
      for (JsonDocument entitlement : json.objects("entitlements")) {
        content.entitlement(entitlement(entitlement));
      }
      json.values("attributes").forEach(content::attribute);
      return Entitlements.of(
          content.build(), json.integer("revision"), json.instant("publishedAt"));
    } catch (IllegalArgumentException e) {
      throw json.refused(e);
    }
  }

  private static Entitlement entitlement(JsonDocument json) {
    try {
      Entitlement.Builder entitlement =
          Entitlement.builder(json.text("id"))
              .validFrom(json.optionalInstant("validFrom"))
              .validUntil(json.optionalInstant("validUntil"));
      json.integers("limits").forEach(entitlement::limit);
      json.values("attributes").forEach(entitlement::attribute);
      return entitlement.build();
    } catch (IllegalArgumentException e) {
      throw json.refused(e);
    }
  }
}
