package dev.entitlements.local.internal.tls;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes gRPC, in this process, find servers by names that no DNS knows, whatever port is asked for.
 * It is registered while there are such names, in front of the provider for DNS that is there
 * already; any other name is passed on to that one.
 */
public final class LocalNames extends NameResolverProvider {
  private static final String SCHEME = "dns";

  private static final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
  // Guarded by the class.
  private static @Nullable LocalNames registered;

  private final NameResolverProvider dns;

  private LocalNames(NameResolverProvider dns) {
    this.dns = dns;
  }

  /** From now on the name leads to the address. */
  public static synchronized void add(String host, InetSocketAddress address) {
    NameResolverRegistry registry = NameResolverRegistry.getDefaultRegistry();
    addresses.put(host, address);
    if (registered == null) {
      registered = new LocalNames(registry.getProviderForScheme(SCHEME));
      registry.register(registered);
    }
  }

  /** The name leads nowhere any more. Idempotent. */
  public static synchronized void remove(String host) {
    addresses.remove(host);
    if (addresses.isEmpty() && registered != null) {
      NameResolverRegistry.getDefaultRegistry().deregister(registered);
      registered = null;
    }
  }

  @Override
  public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
    String path = target.getPath();
    if (path != null && path.startsWith("/")) {
      String authority = path.substring(1);
      int colon = authority.lastIndexOf(':');
      InetSocketAddress address =
          addresses.get(colon < 0 ? authority : authority.substring(0, colon));
      if (address != null) {
        return new LocalName(authority, address);
      }
    }
    return dns.newNameResolver(target, args);
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

  /** One more than the provider for DNS has. */
  @Override
  protected int priority() {
    return 6;
  }
}
