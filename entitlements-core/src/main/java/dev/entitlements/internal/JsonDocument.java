package dev.entitlements.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object, read within bounds and with errors that name the field.
 *
 * <p>It works on Jackson's tree and not by binding to classes: no reflection, so nothing that an
 * Android shrinker would have to be told to keep. Messages quote field names, never values: a value
 * may be a secret.
 */
final class JsonDocument {
  /** Momento stores no more than this under one key. */
  static final int MAX_BYTES = 5 * 1024 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_BYTES)
                          .maxNestingDepth(JsonValues.MAX_DEPTH + 8)
                          .maxStringLength(JsonValues.MAX_TEXT)
                          .maxNameLength(JsonValues.MAX_NAME)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final String where;
  private final ObjectNode node;

  private JsonDocument(String where, ObjectNode node) {
    this.where = where;
    this.node = node;
  }

  static JsonDocument read(String what, String json) {
    int surrogate = Names.unpairedSurrogate(json);
    if (surrogate >= 0) {
      throw malformed(what + " is not valid Unicode (unpaired surrogate at " + surrogate + ")");
    }
    requireSize(what, json.getBytes(StandardCharsets.UTF_8).length);
    return parse(what, json);
  }

  static JsonDocument read(String what, byte[] json) {
    requireSize(what, json.length);
    return parse(what, decodeUtf8(what, json));
  }

  /** Checked here as well as by the parser, which looks only once it has filled a buffer. */
  private static void requireSize(String what, int bytes) {
    if (bytes > MAX_BYTES) {
      throw malformed(what + " is " + bytes + " bytes; at most " + MAX_BYTES + " are allowed");
    }
  }

  /** Left to itself, the parser guesses the encoding, and is lenient with UTF-8 that is none. */
  private static String decodeUtf8(String what, byte[] json) {
    try {
      // A new decoder reports errors, where the constructor of String replaces what is wrong.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw malformed(what + " is not valid UTF-8");
    }
  }

  private static JsonDocument parse(String what, String json) {
    try {
      return new JsonDocument(what, asObject(what, MAPPER.readTree(json)));
    } catch (JsonProcessingException e) {
      throw malformed(what + " is not valid JSON within bounds" + at(e.getLocation()));
    }
  }

  static ObjectNode newObject() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String write(ObjectNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of plain values can always be written", e);
    }
  }

  static JsonNode toNode(Object value) {
    return MAPPER.valueToTree(value);
  }

  boolean has(String field) {
    return node.hasNonNull(field);
  }

  String text(String field) {
    JsonNode value = required(field);
    if (!value.isTextual()) {
      throw wrongType(field, "a string");
    }
    return value.textValue();
  }

  /** The text of a field, or empty if it is absent or something else. */
  Optional<String> textIfAny(String field) {
    return Optional.ofNullable(node.path(field).textValue());
  }

  long integer(String field) {
    JsonNode value = required(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrongType(field, "a whole number");
    }
    return value.longValue();
  }

  /** A whole number, or 0 if the field is absent or something else. */
  long integerIfAny(String field) {
    return node.path(field).asLong();
  }

  /** The same object, but for one field. */
  ObjectNode with(String field, long value) {
    return node.deepCopy().put(field, value);
  }

  boolean isTrue(String field) {
    return node.path(field).booleanValue();
  }

  Instant instant(String field) {
    String text = text(field);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw wrongType(field, "an instant such as 2026-11-24T03:00:00Z");
    }
  }

  @Nullable Instant optionalInstant(String field) {
    return has(field) ? instant(field) : null;
  }

  JsonDocument object(String field) {
    return new JsonDocument(path(field), asObject(path(field), required(field)));
  }

  /** The objects of an array, in order. */
  List<JsonDocument> objects(String field) {
    JsonNode array = required(field);
    if (!array.isArray()) {
      throw wrongType(field, "an array");
    }
    List<JsonDocument> objects = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      String element = path(field) + "[" + i + "]";
      objects.add(new JsonDocument(element, asObject(element, array.get(i))));
    }
    return objects;
  }

  /** Whole numbers by name; none if the field is absent. */
  Map<String, Long> integers(String field) {
    Map<String, Long> integers = new LinkedHashMap<>();
    if (has(field)) {
      JsonDocument object = object(field);
      object.node.fieldNames().forEachRemaining(name -> integers.put(name, object.integer(name)));
    }
    return integers;
  }

  /**
   * JSON values by name, as plain JDK types; none if the field is absent. A null member counts as
   * absent.
   */
  Map<String, Object> values(String field) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (has(field)) {
      for (Map.Entry<String, JsonNode> entry : object(field).node.properties()) {
        if (!entry.getValue().isNull()) {
          values.put(entry.getKey(), MAPPER.convertValue(entry.getValue(), Object.class));
        }
      }
    }
    return values;
  }

  /** What a builder found wrong with a field's value, as an error of this document. */
  EntitlementsException refused(IllegalArgumentException e) {
    return malformed(where + ": " + e.getMessage());
  }

  static EntitlementsException malformed(String message) {
    return new EntitlementsException(ErrorKind.MALFORMED, message);
  }

  private JsonNode required(String field) {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      throw malformed(path(field) + " is missing");
    }
    return value;
  }

  private EntitlementsException wrongType(String field, String wanted) {
    return malformed(path(field) + " is not " + wanted);
  }

  private String path(String field) {
    return where + "." + field;
  }

  private static ObjectNode asObject(String where, @Nullable JsonNode node) {
    if (!(node instanceof ObjectNode)) {
      throw malformed(where + " is not a JSON object");
    }
    return (ObjectNode) node;
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
