/**
 * What carries out the protocol: one serial queue for all transitions, attempts, timers, and the
 * way to the listeners.
 */
@NullMarked
package dev.entitlements.client.internal.engine;

import org.jspecify.annotations.NullMarked;
