package dev.entitlements.local.internal.fault;

import java.util.Locale;

/** What a rule makes go wrong: a call, or what an open subscription delivers. */
public enum FaultKind {
  /** The call is refused, and not carried out. */
  REFUSE(false),
  /** The call is carried out, and answered as if it had failed. */
  LOSE_ANSWER(false),
  /** The call is neither carried out nor answered until the fault is over. */
  HANG(false),
  /** The call is carried out and answered later. */
  DELAY(false),
  /** An eventual read gives the value before the last write. */
  STALE(false),

  /** The message is not delivered. */
  DROP(true),
  /** The message is delivered twice. */
  REPEAT(true),
  /** The message is delivered after the next one. */
  REORDER(true),
  /** Nothing is sent, heartbeats included, until the fault is over. */
  SILENCE(true);

  private final boolean onDeliveries;

  FaultKind(boolean onDeliveries) {
    this.onDeliveries = onDeliveries;
  }

  /** Whether it strikes deliveries, not calls. */
  public boolean isOnDeliveries() {
    return onDeliveries;
  }

  /** Whether it says with which status. */
  public boolean hasStatus() {
    return this == REFUSE || this == LOSE_ANSWER;
  }

  /** As the admin API names it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
