/** Momento's gRPC services. */
@NullMarked
package dev.entitlements.local.internal.grpc;

import org.jspecify.annotations.NullMarked;
