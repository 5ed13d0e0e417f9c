package dev.entitlements.local.internal;

/** The names Momento gives to limits in the {@code err} trailer; its SDKs switch on them. */
public enum LimitName {
  ITEM_SIZE("item_size_limit_exceeded"),
  REQUEST_SIZE("request_size_limit_exceeded"),
  OPERATIONS_RATE("operations_rate_limit_exceeded"),
  TOPIC_SUBSCRIPTIONS("topic_subscriptions_limit_exceeded");

  private final String wireName;

  LimitName(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
