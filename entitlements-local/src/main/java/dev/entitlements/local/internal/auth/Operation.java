package dev.entitlements.local.internal.auth;

import dev.entitlements.local.Rpc;

/**
 * Every operation the server offers, by whatever protocol, and the right it needs. This table is
 * the only place that says so.
 */
public enum Operation {
  GET(Right.READ_ITEM),
  GET_BATCH(Right.READ_ITEM),
  KEYS_EXIST(Right.READ_ITEM),
  ITEM_GET_TTL(Right.READ_ITEM),
  ITEM_GET_TYPE(Right.READ_ITEM),

  SET(Right.WRITE_ITEM),
  SET_BATCH(Right.WRITE_ITEM),
  DELETE(Right.WRITE_ITEM),

  // Their answers tell something of what is stored: a write-only role does not reach them
  // (permissionmessages.proto, CacheWriteOnly).
  SET_IF(Right.READ_AND_WRITE_ITEM),
  SET_IF_NOT_EXISTS(Right.READ_AND_WRITE_ITEM),
  INCREMENT(Right.READ_AND_WRITE_ITEM),
  UPDATE_TTL(Right.READ_AND_WRITE_ITEM),

  PUBLISH(Right.PUBLISH),
  SUBSCRIBE(Right.SUBSCRIBE),

  CREATE_CACHE(Right.API_KEY),
  DELETE_CACHE(Right.API_KEY),
  LIST_CACHES(Right.API_KEY),
  FLUSH_CACHE(Right.API_KEY),
  GENERATE_DISPOSABLE_TOKEN(Right.API_KEY),

  PING(Right.ANY_CREDENTIAL);

  private final Right needs;
  private final Rpc rpc;

  Operation(Right needs) {
    this.needs = needs;
    this.rpc = Rpc.valueOf(name());
  }

  public Right needs() {
    return needs;
  }

  /** As faults name it. */
  public Rpc rpc() {
    return rpc;
  }
}
