/**
 * The model that backend and player share: a user's {@link dev.entitlements.Entitlements snapshot},
 * the {@link dev.entitlements.SessionToken session} with which a player watches it, and the {@link
 * dev.entitlements.EntitlementsException errors} of the whole library.
 *
 * <p>Everything here is immutable and safe to share between threads. Nothing is null unless it says
 * so.
 */
@NullMarked
package dev.entitlements;

import org.jspecify.annotations.NullMarked;
