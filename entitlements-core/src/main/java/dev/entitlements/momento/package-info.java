/**
 * How the library reaches Momento: one small interface per role, so that publisher, issuer and
 * watcher each depend on no more than they use, and {@link dev.entitlements.momento.GrpcConnection}
 * as the implementation over gRPC.
 */
@NullMarked
package dev.entitlements.momento;

import org.jspecify.annotations.NullMarked;
