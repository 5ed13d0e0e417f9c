/**
 * What implementations of Momento's roles share, in this module and others of this library: not
 * API, may change in any release.
 */
@NullMarked
package dev.entitlements.momento.internal;

import org.jspecify.annotations.NullMarked;
