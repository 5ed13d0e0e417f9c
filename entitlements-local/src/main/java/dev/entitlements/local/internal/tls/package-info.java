/** The face that the server shows to clients whose port and encryption cannot be changed. */
@NullMarked
package dev.entitlements.local.internal.tls;

import org.jspecify.annotations.NullMarked;
