package dev.entitlements.client.chaos;

import java.time.Instant;

/**
 * A revision that was stored, and its notification accepted, unless that was lost on purpose.
 *
 * @param begun when the publisher began, by the wall clock
 * @param acceptedNanos when all of it was done, by the monotonic clock
 * @param told whether the notification was sent
 */
record Publication(long revision, Instant begun, long acceptedNanos, boolean told) {}
