package dev.entitlements.examples.quickstart;

import dev.entitlements.Entitlements;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who has bought what: where a real service has its database. */
final class Subscribers {
  private final PlanCatalog catalog;
  private final Map<String, Purchase> purchases = new ConcurrentHashMap<>();

  Subscribers(PlanCatalog catalog) {
    this.catalog = catalog;
  }

  void buy(String userId, String plan) {
    if (!catalog.has(plan)) {
      throw new IllegalArgumentException(
          "there is no plan '" + plan + "', only " + catalog.names());
    }
    purchases.put(userId, new Purchase(plan, Instant.now()));
  }

  /** What a user is entitled to: the library's {@code EntitlementSource}. */
  Entitlements.Content contentOf(String userId) {
    Purchase purchase =
        purchases.getOrDefault(userId, new Purchase(catalog.names().get(0), Instant.EPOCH));
    return catalog.content(userId, purchase.plan, purchase.at);
  }

  private record Purchase(String plan, Instant at) {}
}
