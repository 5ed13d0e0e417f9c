package dev.entitlements.server.internal;

/**
 * What is kept of an item that was stored: enough to store the next one over it without reading it.
 *
 * @param bytes as stored
 * @param revision that of its document
 * @param contentHash that of its content: another one's differs, unless it has to be looked at
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two.
record RememberedItem(byte[] bytes, long revision, int contentHash) {}
