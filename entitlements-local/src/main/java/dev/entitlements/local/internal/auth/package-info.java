/** Who calls, and what she may: credentials, tokens, permissions. */
@NullMarked
package dev.entitlements.local.internal.auth;

import org.jspecify.annotations.NullMarked;
