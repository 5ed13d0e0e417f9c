package dev.entitlements.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Damages documents: their structure, so that they stay JSON, or their bytes. */
public final class Mutator {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<String> ODD_VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "2",
          "1.0",
          "1e3",
          "1e400",
          "-9223372036854775808",
          "9223372036854775807",
          "9223372036854775808",
          "1".repeat(64),
          "1".repeat(65),
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud83d\"",
          "\"u-43\"",
          "\"2026-11-24T03:00:00Z\"",
          "\"-1000000000-01-01T00:00:00Z\"",
          "\"+1000000001-01-01T00:00:00Z\"",
          "\"http://localhost:99999\"",
          "\"http://[::1]\"",
          "\"" + "x".repeat(300) + "\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "{\"\":1}",
          "{\"a\":{\"a\":{\"a\":[1,2.5,\"x\"]}}}",
          "[".repeat(14) + "]".repeat(14),
          "[".repeat(17) + "]".repeat(17),
          "[".repeat(30) + "]".repeat(30),
          "[".repeat(5000));

  private final Random random;

  public Mutator(long seed) {
    this.random = new Random(seed);
  }

  /** One to four damages, most of them to the structure. */
  public byte[] mutate(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try {
      JsonNode tree = MAPPER.readTree(json);
      int structural = random.nextInt(4);
      for (int i = 0; i < structural; i++) {
        mutate(tree);
      }
      bytes = MAPPER.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (random.nextInt(3) == 0) {
      bytes = mutate(bytes);
    }
    return bytes;
  }

  private void mutate(JsonNode tree) {
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    JsonNode container = containers.get(random.nextInt(containers.size()));
    if (container.isEmpty()) {
      return;
    }
    int member = random.nextInt(container.size());
    if (container instanceof ArrayNode array) {
      mutate(array, member);
    } else {
      ObjectNode object = (ObjectNode) container;
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      mutate(object, names.get(member));
    }
  }

  private void mutate(ArrayNode array, int member) {
    switch (random.nextInt(3)) {
      case 0 -> array.remove(member);
      case 1 -> array.add(array.get(member).deepCopy());
      default -> array.set(member, MAPPER.getNodeFactory().rawValueNode(oddValue()));
    }
  }

  private void mutate(ObjectNode object, String name) {
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(name + "2", object.remove(name));
      case 2 -> object.set(oddName(), object.get(name).deepCopy());
      default -> object.set(name, MAPPER.getNodeFactory().rawValueNode(oddValue()));
    }
  }

  private RawValue oddValue() {
    return new RawValue(ODD_VALUES.get(random.nextInt(ODD_VALUES.size())));
  }

  private String oddName() {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "\u0001\n";
      case 2 -> "x".repeat(random.nextInt(2000));
      default -> "notice";
    };
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private byte[] mutate(byte[] bytes) {
    ByteArrayOutputStream mutated = new ByteArrayOutputStream();
    int at = random.nextInt(bytes.length);
    mutated.write(bytes, 0, at);
    switch (random.nextInt(5)) {
      case 0 -> {
        // Cut off.
      }
      case 1 -> {
        mutated.write(bytes[at] ^ (1 << random.nextInt(8)));
        mutated.write(bytes, at + 1, bytes.length - at - 1);
      }
      case 2 -> {
        int end = at + random.nextInt(bytes.length - at);
        mutated.write(bytes, end, bytes.length - end);
      }
      case 3 -> {
        mutated.write(random.nextInt(256));
        mutated.write(bytes, at, bytes.length - at);
      }
      default -> {
        int from = random.nextInt(bytes.length);
        mutated.write(bytes, from, bytes.length - from);
      }
    }
    return mutated.toByteArray();
  }
}
