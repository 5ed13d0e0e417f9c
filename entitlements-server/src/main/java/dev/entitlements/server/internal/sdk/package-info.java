/**
 * The roles to Momento on a host's own clients of Momento's SDK. They do what the gRPC
 * implementation in core does, but for what the SDK cannot do; {@link
 * dev.entitlements.server.internal.sdk.SdkCache} says what that is.
 */
@NullMarked
package dev.entitlements.server.internal.sdk;

import org.jspecify.annotations.NullMarked;
