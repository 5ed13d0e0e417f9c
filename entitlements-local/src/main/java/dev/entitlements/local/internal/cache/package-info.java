/** Caches and their items, which run out. */
@NullMarked
package dev.entitlements.local.internal.cache;

import org.jspecify.annotations.NullMarked;
