package dev.entitlements.momento;

import dev.entitlements.internal.Names;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Momento is: the host for items and topics, the host for minting, the port, and whether the
 * way there is encrypted. Immutable.
 */
public final class MomentoEndpoint {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;
  private static final String CACHE_PREFIX = "cache.";

  /** Whole addresses only: {@code 127.example.com} is a name that anybody may own. */
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost\\.?|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|\\[(::1|(0+:){7}0*1)]");

  private final String cacheHost;
  private final String tokenHost;
  private final int port;
  private final boolean secure;

  private MomentoEndpoint(String cacheHost, String tokenHost, int port, boolean secure) {
    this.cacheHost = normal(cacheHost);
    this.tokenHost = normal(tokenHost);
    this.port = port;
    this.secure = secure;
  }

  /**
   * An endpoint in all its parts.
   *
   * @param cacheHost the host for items and topics
   * @param tokenHost the host for minting
   * @param port the port of both, 1 to 65535
   * @param secure whether to use TLS
   * @return the endpoint
   * @throws IllegalArgumentException if a host is blank or the port is out of range
   */
  public static MomentoEndpoint of(String cacheHost, String tokenHost, int port, boolean secure) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port is " + port + "; it must be from 1 to 65535");
    }
    return new MomentoEndpoint(
        Names.requireId("cache host", cacheHost),
        Names.requireId("token host", tokenHost),
        port,
        secure);
  }

  /**
   * From a URI.
   *
   * @param uri {@code https://cache.<cell>} for the cloud, where the host for minting is then
   *     {@code token.<cell>}; {@code http://host:port} for a local server
   * @return the endpoint
   * @throws IllegalArgumentException if it is not such a URI
   */
  public static MomentoEndpoint of(URI uri) {
    Names.requireEndpoint(uri);
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    String host = normal(uri.getHost());
    String tokenHost =
        host.startsWith(CACHE_PREFIX) ? "token." + host.substring(CACHE_PREFIX.length()) : host;
    int port = uri.getPort() != -1 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
    return new MomentoEndpoint(host, tokenHost, port, secure);
  }

  /**
   * From a cell's name, as the MOMENTO_ENDPOINT variable holds it.
   *
   * @param cellOrUri a cell such as {@code cell-1-us-east-1-1.prod.a.momentohq.com}, or a URI as
   *     {@link #of(URI)} takes
   * @return the endpoint
   * @throws IllegalArgumentException if it is neither
   */
  public static MomentoEndpoint parse(String cellOrUri) {
    String text = cellOrUri.trim();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("endpoint is blank");
    }
    return of(Names.parseEndpoint(text.contains("://") ? text : "https://" + CACHE_PREFIX + text));
  }

  /** As in a URI, so that equal hosts have equal names. */
  private static String normal(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.indexOf(':') >= 0 && !lower.startsWith("[") ? "[" + lower + "]" : lower;
  }

  /**
   * The host for items and topics.
   *
   * @return a host name or address
   */
  public String cacheHost() {
    return cacheHost;
  }

  /**
   * The host for minting.
   *
   * @return a host name or address
   */
  public String tokenHost() {
    return tokenHost;
  }

  /**
   * The port of both hosts.
   *
   * @return from 1 to 65535
   */
  public int port() {
    return port;
  }

  /**
   * Whether the way there is encrypted.
   *
   * @return true for TLS, false for plaintext
   */
  public boolean isSecure() {
    return secure;
  }

  /**
   * Whether both hosts are this machine, going by their names alone.
   *
   * @return true for {@code localhost} and addresses of the loopback range
   */
  public boolean isLoopback() {
    return LOOPBACK.matcher(cacheHost).matches() && LOOPBACK.matcher(tokenHost).matches();
  }

  /**
   * The form in which a {@link dev.entitlements.SessionToken} carries it.
   *
   * @return a URI from which {@link #of(URI)} makes an equal endpoint, unless the token host is not
   *     the one that goes with the cache host
   */
  public URI toUri() {
    boolean defaultPort = port == (secure ? HTTPS_PORT : HTTP_PORT);
    return URI.create(
        (secure ? "https://" : "http://") + cacheHost + (defaultPort ? "" : ":" + port));
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof MomentoEndpoint)) {
      return false;
    }
    MomentoEndpoint that = (MomentoEndpoint) o;
    return cacheHost.equals(that.cacheHost)
        && tokenHost.equals(that.tokenHost)
        && port == that.port
        && secure == that.secure;
  }

  @Override
  public int hashCode() {
    return Objects.hash(cacheHost, tokenHost, port, secure);
  }

  @Override
  public String toString() {
    return toUri().toString();
  }
}
