/**
 * The backend's side: {@link dev.entitlements.server.EntitlementPublisher} stores what users are
 * entitled to and tells their players, {@link dev.entitlements.server.TokenIssuer} mints the tokens
 * with which players watch, {@link dev.entitlements.server.EntitlementSessions} is both at once,
 * for a login.
 *
 * <p>All of them work through one {@link dev.entitlements.server.MomentoBackend}, are safe for use
 * by several threads, never block the caller except in {@code close()}, and complete their futures
 * on an executor, never on an I/O thread.
 */
@NullMarked
package dev.entitlements.server;

import org.jspecify.annotations.NullMarked;
