/** What more than one way to Momento needs. Not API. */
@NullMarked
package dev.entitlements.momento.internal;

import org.jspecify.annotations.NullMarked;
