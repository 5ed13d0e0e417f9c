package dev.entitlements.local.internal.auth;

import grpc.permission_messages.Permissions;
import java.time.Instant;

/**
 * What is written in a disposable token.
 *
 * @param tokenId chosen by whoever minted it; may be empty
 * @param expiresAt whole seconds
 * @param era in which it was minted, see {@link TokenLife}
 */
public record TokenClaims(String tokenId, Instant expiresAt, Permissions permissions, long era) {}
