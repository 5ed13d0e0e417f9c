package dev.entitlements.client.internal.protocol;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.client.WatcherStatus.Reason;
import org.jspecify.annotations.Nullable;

/** Why the copy is not known to be current. Immutable. */
final class Doubt {
  final Reason reason;
  final @Nullable EntitlementsException error;

  Doubt(Reason reason, @Nullable EntitlementsException error) {
    this.reason = reason;
    this.error = error;
  }

  /** What an error of a stream or a read means to those who look at the status. */
  static Reason reasonOf(@Nullable EntitlementsException error) {
    if (error == null) {
      return Reason.CONNECTION_LOST;
    }
    switch (error.kind()) {
      case UNAUTHENTICATED:
        return Reason.TOKEN_REFUSED;
      case PERMISSION_DENIED:
        return Reason.ACCESS_DENIED;
      case CACHE_NOT_FOUND:
        return Reason.CACHE_NOT_FOUND;
      case RATE_LIMITED:
        return Reason.RATE_LIMITED;
      case MALFORMED:
      case UNKNOWN_SCHEMA:
      case FOREIGN_USER:
        return Reason.BAD_DATA;
      default:
        return Reason.CONNECTION_LOST;
    }
  }

  /**
   * Whether an error stays until somebody changes something; a refused token is changed by the
   * watcher itself.
   */
  static boolean isLasting(EntitlementsException error) {
    return !error.kind().isTransient() && error.kind() != ErrorKind.UNAUTHENTICATED;
  }
}
