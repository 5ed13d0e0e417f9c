package dev.entitlements.local;

/**
 * The calls that a {@link LocalMomento} serves, by whatever protocol: a {@code GET} of the HTTP API
 * is a {@link #GET} here, its long poll a {@link #SUBSCRIBE}. The names are those of Momento's gRPC
 * methods.
 */
public enum Rpc {
  /** Reads one item; its key is the item's. */
  GET,
  /** Reads several items. */
  GET_BATCH,
  /** Asks which items exist. */
  KEYS_EXIST,
  /** Asks how long an item has left. */
  ITEM_GET_TTL,
  /** Asks what kind of item it is. */
  ITEM_GET_TYPE,
  /** Writes one item. */
  SET,
  /** Writes several items. */
  SET_BATCH,
  /** Deletes an item. */
  DELETE,
  /** Writes an item on a condition: the compare-and-set. */
  SET_IF,
  /** Writes an item that is not there. */
  SET_IF_NOT_EXISTS,
  /** Adds to a number. */
  INCREMENT,
  /** Changes how long an item has left. */
  UPDATE_TTL,
  /** Publishes on a topic; its key is the topic. */
  PUBLISH,
  /** Opens a subscription; its key is the topic. What it then delivers is no call. */
  SUBSCRIBE,
  /** Makes a cache; it has no key. */
  CREATE_CACHE,
  /** Deletes a cache; it has no key. */
  DELETE_CACHE,
  /** Lists the caches; it has neither cache nor key. */
  LIST_CACHES,
  /** Empties a cache; it has no key. */
  FLUSH_CACHE,
  /** Mints a disposable token; its key is the token id, and it has no cache. */
  GENERATE_DISPOSABLE_TOKEN,
  /** Says that it is there; it has neither cache nor key. */
  PING
}
