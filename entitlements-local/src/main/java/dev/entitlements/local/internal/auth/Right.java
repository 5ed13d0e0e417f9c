package dev.entitlements.local.internal.auth;

/** What a caller must have for an operation. */
public enum Right {
  READ_ITEM,
  WRITE_ITEM,
  READ_AND_WRITE_ITEM,
  PUBLISH,
  SUBSCRIBE,
  /** Nothing short of the API key. */
  API_KEY,
  /** Any credential that is good. */
  ANY_CREDENTIAL
}
