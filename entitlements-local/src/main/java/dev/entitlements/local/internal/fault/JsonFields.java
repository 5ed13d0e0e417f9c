package dev.entitlements.local.internal.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, read one by one; what is wrong with one is said by its name. Each
 * method throws an {@link IllegalArgumentException} then. A field that is null is not there.
 */
public final class JsonFields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode object;
  private final Set<String> asked = new TreeSet<>();

  private JsonFields(JsonNode object) {
    this.object = object;
  }

  public static JsonFields of(String json) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("The body is not a JSON object");
    }
    return new JsonFields(node);
  }

  /** The text; null when there is none. */
  public @Nullable String text(String field) {
    JsonNode value = get(field);
    if (value != null && !value.isTextual()) {
      throw wrong(field, "a string");
    }
    return value == null ? null : value.textValue();
  }

  /** The text, which must be there. */
  public String required(String field) {
    String value = text(field);
    if (value == null) {
      throw new IllegalArgumentException("The field " + field + " is missing");
    }
    return value;
  }

  /** The whole number; null when there is none. */
  public @Nullable Long number(String field) {
    JsonNode value = get(field);
    if (value != null && !(value.isIntegralNumber() && value.canConvertToInt())) {
      throw wrong(field, "a whole number");
    }
    return value == null ? null : value.longValue();
  }

  /** The time in milliseconds; null when there is none. */
  public @Nullable Duration millis(String field) {
    Long value = number(field);
    return value == null ? null : Duration.ofMillis(value);
  }

  /** Whether it is true; the other value when it is not there. */
  public boolean flag(String field, boolean otherwise) {
    JsonNode value = get(field);
    if (value != null && !value.isBoolean()) {
      throw wrong(field, "true or false");
    }
    return value == null ? otherwise : value.booleanValue();
  }

  /** The constant of that name; null when there is none. */
  public <E extends Enum<E>> @Nullable E name(String field, Class<E> type) {
    String value = text(field);
    return value == null ? null : constant(field, value, type);
  }

  /** The constants of those names; none when the field is not there. */
  public <E extends Enum<E>> List<E> names(String field, Class<E> type) {
    JsonNode value = get(field);
    List<E> constants = new ArrayList<>();
    if (value != null) {
      if (!value.isArray() || value.isEmpty()) {
        throw wrong(field, "an array of at least one name");
      }
      value.forEach(name -> constants.add(constant(field, name.asText(), type)));
    }
    return constants;
  }

  /** To be called when all was asked for that is known: anything else is a mistake. */
  public void rejectOthers() {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!asked.contains(name)) {
                throw new IllegalArgumentException(
                    "The field " + name + " means nothing here; known are " + asked);
              }
            });
  }

  private @Nullable JsonNode get(String field) {
    asked.add(field);
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? null : value;
  }

  private static <E extends Enum<E>> E constant(String field, String value, Class<E> type) {
    E[] known = type.getEnumConstants();
    return Arrays.stream(known)
        .filter(constant -> constant.name().equals(value))
        .findFirst()
        .orElseThrow(() -> wrong(field, "of " + Arrays.toString(known)));
  }

  private static IllegalArgumentException wrong(String field, String expected) {
    return new IllegalArgumentException("The field " + field + " must be " + expected);
  }
}
