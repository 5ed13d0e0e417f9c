/** A TCP relay whose link can be made bad. Everything in it runs on one event loop. */
@NullMarked
package dev.entitlements.local.internal.relay;

import org.jspecify.annotations.NullMarked;
