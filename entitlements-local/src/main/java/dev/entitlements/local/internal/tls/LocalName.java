package dev.entitlements.local.internal.tls;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.util.List;

/** Resolves one name, to one address that never changes. */
final class LocalName extends NameResolver {
  private final String authority;
  private final InetSocketAddress address;

  /**
   * Resolves the name.
   *
   * @param authority the name and the port that were asked for, which the certificate is checked by
   */
  LocalName(String authority, InetSocketAddress address) {
    this.authority = authority;
    this.address = address;
  }

  @Override
  public String getServiceAuthority() {
    return authority;
  }

  @Override
  public void start(Listener2 listener) {
    listener.onResult(
        ResolutionResult.newBuilder()
            .setAddressesOrError(StatusOr.fromValue(List.of(new EquivalentAddressGroup(address))))
            .build());
  }

  @Override
  public void shutdown() {
    // It holds nothing.
  }
}
