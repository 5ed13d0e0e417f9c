/**
 * What the watcher does about everything that can happen to it, as a pure function: (state, event,
 * moment) to (state, actions). No clock, no thread, no socket; {@link
 * dev.entitlements.client.internal.protocol.Protocol} is the way in.
 */
@NullMarked
package dev.entitlements.client.internal.protocol;

import org.jspecify.annotations.NullMarked;
