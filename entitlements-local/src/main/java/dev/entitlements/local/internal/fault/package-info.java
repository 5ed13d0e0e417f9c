/** Rules by which things go wrong, and the one gate that asks them. */
@NullMarked
package dev.entitlements.local.internal.fault;

import org.jspecify.annotations.NullMarked;
