/**
 * What the server is made of; not API. A call comes in by {@code grpc} or {@code http}, is judged
 * by {@code auth} and ends in {@code cache} or {@code topic}.
 */
@NullMarked
package dev.entitlements.local.internal;

import org.jspecify.annotations.NullMarked;
