/**
 * An embedded Momento-compatible server: {@link dev.entitlements.local.LocalMomento}. Nothing here
 * may be null unless it is said to be.
 */
@NullMarked
package dev.entitlements.local;

import org.jspecify.annotations.NullMarked;
