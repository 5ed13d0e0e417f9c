package dev.entitlements.client.chaos;

/**
 * A revision that was stored, and its notification accepted, unless that was lost on purpose.
 *
 * @param acceptedNanos when all of it was done, by the monotonic clock
 * @param told whether the notification was sent, and nothing kept it from those who listened
 */
record Publication(long revision, long acceptedNanos, boolean told) {}
