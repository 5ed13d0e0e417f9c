package dev.entitlements.local.internal.auth;

import dev.entitlements.local.internal.Refusal;

/** The one place where it is decided whether a caller may do what she asks, for all protocols. */
public final class AccessControl {
  private AccessControl() {}

  /**
   * Returns when the principal may.
   *
   * @throws Refusal PERMISSION_DENIED when she may not
   */
  public static void require(Principal principal, Operation operation, Resource resource) {
    if (!allows(principal, operation.needs(), resource)) {
      throw Refusal.denied("Insufficient permissions for " + operation);
    }
  }

  private static boolean allows(Principal principal, Right right, Resource resource) {
    if (principal instanceof Principal.Bearer bearer) {
      return switch (right) {
        case READ_ITEM, WRITE_ITEM, PUBLISH, SUBSCRIBE -> holds(bearer, right, resource);
        case READ_AND_WRITE_ITEM ->
            holds(bearer, Right.READ_ITEM, resource) && holds(bearer, Right.WRITE_ITEM, resource);
        case API_KEY -> false;
        case ANY_CREDENTIAL -> true;
      };
    }
    return true;
  }

  private static boolean holds(Principal.Bearer bearer, Right right, Resource resource) {
    return bearer.permissions().stream().anyMatch(permission -> permission.gives(right, resource));
  }
}
