/**
 * What the modules of this library share with each other and with nobody else: not API, may change
 * in any release.
 */
@NullMarked
package dev.entitlements.internal;

import org.jspecify.annotations.NullMarked;
