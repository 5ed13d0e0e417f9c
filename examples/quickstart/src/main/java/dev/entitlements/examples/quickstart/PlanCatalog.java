package dev.entitlements.examples.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be bought, and what each plan grants: the business logic of this small service. */
final class PlanCatalog {
  /** The attribute that names the plan. */
  static final String PLAN = "plan";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Map<String, Plan> plans;

  private PlanCatalog(Map<String, Plan> plans) {
    this.plans = plans;
  }

  /** The catalogue that comes with this program. */
  static PlanCatalog shipped() {
    try (InputStream json = PlanCatalog.class.getResourceAsStream("plans.json")) {
      if (json == null) {
        throw new IllegalStateException("plans.json is not on the class path");
      }
      return parse("plans.json", json.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("plans.json cannot be read", e);
    }
  }

  /**
   * A catalogue of the user's own.
   *
   * @throws IllegalArgumentException if the file cannot be read or is not a catalogue, saying why
   */
  static PlanCatalog from(Path file) {
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e, e);
    }
  }

  private static PlanCatalog parse(String name, byte[] json) {
    try {
      PlansFile file = JSON.readValue(json, PlansFile.class);
      if (file == null || file.plans == null || file.plans.size() < 2) {
        throw new IllegalArgumentException(
            "it wants two \"plans\" at least: what everybody has, and what can be bought");
      }
      PlanCatalog catalog = new PlanCatalog(file.plans);
      catalog.check();
      return catalog;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          name + " is not a plans file: " + e.getOriginalMessage() + at(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(name + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is not a plans file: " + e.getMessage(), e);
    }
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private void check() {
    for (Map.Entry<String, Plan> plan : plans.entrySet()) {
      if (plan.getValue() == null || plan.getValue().entitlements == null) {
        throw new IllegalArgumentException("plan '" + plan.getKey() + "' has no \"entitlements\"");
      }
      check(plan.getKey(), plan.getValue());
    }
  }

  private void check(String name, Plan plan) {
    if (plan.validForDays != null && plan.validForDays <= 0) {
      throw new IllegalArgumentException(
          "plan '" + name + "' has \"validForDays\" " + plan.validForDays + "; it wants 1 or more");
    }
    try {
      content("check", name, Instant.EPOCH);
    } catch (NullPointerException e) {
      throw new IllegalArgumentException(
          "plan '" + name + "' has a null where its entitlements want an id, a limit or a value",
          e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("plan '" + name + "': " + e.getMessage(), e);
    }
  }

  /** The plans, in the file's order; the first is what everybody has. */
  List<String> names() {
    return List.copyOf(plans.keySet());
  }

  boolean has(String plan) {
    return plans.containsKey(plan);
  }

  /** What a plan grants a user who bought it at that time. */
  Entitlements.Content content(String userId, String planName, Instant boughtAt) {
    Plan plan = plans.get(planName);
    if (plan == null) {
      throw new IllegalArgumentException(
          "there is no plan '" + planName + "', only " + plans.keySet());
    }
    Entitlements.Content.Builder content =
        Entitlements.Content.builder(userId).attribute(PLAN, planName);
    for (Grant grant : plan.entitlements) {
      content.entitlement(grant.entitlement(plan.validForDays, boughtAt));
    }
    return content.build();
  }

  /** The file's form. */
  private record PlansFile(@Nullable Map<String, Plan> plans) {}

  private record Plan(@Nullable Integer validForDays, List<Grant> entitlements) {}

  private record Grant(
      String id, @Nullable Map<String, Long> limits, @Nullable Map<String, Object> attributes) {
    Entitlement entitlement(@Nullable Integer validForDays, Instant boughtAt) {
      Entitlement.Builder builder = Entitlement.builder(id);
      if (validForDays != null) {
        builder.validUntil(boughtAt.plus(Duration.ofDays(validForDays)));
      }
      if (limits != null) {
        limits.forEach(builder::limit);
      }
      if (attributes != null) {
        attributes.forEach(builder::attribute);
      }
      return builder.build();
    }
  }
}
