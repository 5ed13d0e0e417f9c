/**
 * For players: {@link dev.entitlements.client.EntitlementWatcher} keeps a local copy of one user's
 * entitlements right, in real time, and tells listeners when it changes.
 *
 * <p>Nothing is null unless it says so.
 */
@NullMarked
package dev.entitlements.client;

import org.jspecify.annotations.NullMarked;
