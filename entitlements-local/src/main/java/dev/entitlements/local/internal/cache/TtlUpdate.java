package dev.entitlements.local.internal.cache;

/** How an item's TTL is to be changed. */
public enum TtlUpdate {
  INCREASE,
  DECREASE,
  OVERWRITE;

  /** What came of it. */
  public enum Outcome {
    SET,
    NOT_SET,
    MISSING
  }

  boolean applies(long presentMillis, long newMillis) {
    return switch (this) {
      case INCREASE -> newMillis > presentMillis;
      case DECREASE -> newMillis < presentMillis;
      case OVERWRITE -> true;
    };
  }
}
