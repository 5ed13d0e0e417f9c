package dev.entitlements.client.chaos;

import dev.entitlements.Entitlements;
import dev.entitlements.client.EntitlementChange;
import dev.entitlements.client.EntitlementListener;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The snapshot rebuilt from what a listener is told, and what was wrong with that. */
final class Mirror implements EntitlementListener {
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  private volatile Entitlements seen;

  @Override
  public void onChange(EntitlementChange change) {
    expect(inside.incrementAndGet() == 1, "two callbacks at a time: " + change);
    Entitlements before = seen;
    expect(
        Objects.equals(change.previous().orElse(null), before),
        change + " does not follow " + before);
    expect(
        before == null || change.current().revision() >= before.revision(),
        change + " goes back behind " + before);
    expect(
        !change.added().isEmpty() || !change.removed().isEmpty() || !change.changed().isEmpty(),
        change + " changes nothing");
    seen = change.current();
    inside.decrementAndGet();
  }

  boolean agreesWith(Entitlements current) {
    return seen != null && seen.content().equals(current.content());
  }

  List<String> complaints() {
    return complaints;
  }

  private void expect(boolean right, String otherwise) {
    if (!right) {
      complaints.add(otherwise);
    }
  }
}
