package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;

/** A published state: a snapshot that carries a number, one more each time. */
final class States {
  private static final String NUMBER = "state";

  private States() {}

  static Entitlements.Content content(String userId, long number) {
    return Entitlements.Content.builder(userId)
        .entitlement(Entitlement.builder("premium").limit("streams", 4).build())
        .attribute(NUMBER, number)
        .build();
  }

  static long numberOf(Entitlements snapshot) {
    return snapshot.attributes().get(NUMBER) instanceof Number number ? number.longValue() : -1;
  }
}
