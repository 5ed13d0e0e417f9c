/** How publisher and issuer do their work: not API, may change in any release. */
@NullMarked
package dev.entitlements.server.internal;

import org.jspecify.annotations.NullMarked;
