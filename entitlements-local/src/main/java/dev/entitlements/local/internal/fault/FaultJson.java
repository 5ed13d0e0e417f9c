package dev.entitlements.local.internal.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entitlements.local.Rpc;
import dev.entitlements.local.StreamEnd;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Fault rules as JSON, both ways. The fields are those of {@link FaultRule}. */
public final class FaultJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FaultJson() {}

  /** The kind that the admin API calls so; empty when it is none that is set. */
  public static Optional<FaultKind> kind(String wireName) {
    return Arrays.stream(FaultKind.values())
        .filter(kind -> kind.wireName().equals(wireName))
        .findFirst();
  }

  /**
   * Reads a rule of that kind.
   *
   * @throws IllegalArgumentException when it is none, saying why
   */
  public static FaultRule read(FaultKind kind, JsonFields fields) {
    Set<Rpc> rpcs = new TreeSet<>(fields.names("rpcs", Rpc.class));
    Long times = fields.number("times");
    FaultRule rule =
        new FaultRule(
            kind,
            rpcs.isEmpty() ? FaultRule.every(kind) : rpcs,
            fields.text("cache"),
            fields.text("key"),
            times == null ? FaultRule.UNLIMITED : Math.toIntExact(times),
            fields.millis("lasting_ms"),
            fields.name("status", StreamEnd.class),
            fields.millis("delay_ms"));
    fields.rejectOthers();
    return rule;
  }

  /** What is known of the fault. */
  public static ObjectNode write(RunningFault fault) {
    FaultRule rule = fault.rule();
    ObjectNode json = JSON.createObjectNode().put("id", fault.id());
    json.put("fault", rule.kind().wireName());
    if (!rule.kind().isOnDeliveries()) {
      ArrayNode rpcs = json.putArray("rpcs");
      new TreeSet<>(rule.rpcs()).forEach(rpc -> rpcs.add(rpc.name()));
    }
    put(json, "cache", rule.cache());
    put(json, "key", rule.key());
    if (rule.times() != FaultRule.UNLIMITED) {
      json.put("times", rule.times());
    }
    put(json, "lasting_ms", rule.lasting());
    put(json, "status", rule.status() == null ? null : rule.status().name());
    put(json, "delay_ms", rule.delay());
    return json.put("hits", fault.hits()).put("over", fault.isOver());
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static void put(ObjectNode json, String name, @Nullable Duration value) {
    if (value != null) {
      json.put(name, value.toMillis());
    }
  }
}
