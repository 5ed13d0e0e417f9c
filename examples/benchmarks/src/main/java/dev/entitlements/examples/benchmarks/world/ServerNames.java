package dev.entitlements.examples.benchmarks.world;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Leads gRPC from one name, whatever port is asked for, to one port here; else asks the DNS. */
final class ServerNames extends NameResolverProvider {
  private static final String SCHEME = "dns";

  private final NameResolverProvider dns =
      Objects.requireNonNull(
          NameResolverRegistry.getDefaultRegistry().getProviderForScheme(SCHEME));
  private final Map<String, InetSocketAddress> addresses;

  ServerNames(String host, int port) {
    addresses = Map.of(host, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  @Override
  public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
    String authority = Objects.requireNonNullElse(target.getPath(), "").replaceFirst("^/", "");
    InetSocketAddress address = addresses.get(authority.replaceFirst(":\\d+$", ""));
    return address == null ? dns.newNameResolver(target, args) : new Fixed(authority, address);
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return dns.getProducedSocketAddressTypes();
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  /** Before the DNS's, which is 5, and that of a server in this process. */
  @Override
  protected int priority() {
    return 7;
  }

  private static final class Fixed extends NameResolver {
    private final String authority;
    private final InetSocketAddress address;

    Fixed(String authority, InetSocketAddress address) {
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
    public void shutdown() {}
  }
}
