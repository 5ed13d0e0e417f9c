/** The one port: Armeria, Momento's HTTP API, and what is not implemented. */
@NullMarked
package dev.entitlements.local.internal.http;

import org.jspecify.annotations.NullMarked;
