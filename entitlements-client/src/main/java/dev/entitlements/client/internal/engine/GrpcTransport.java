package dev.entitlements.client.internal.engine;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.SessionToken;
import dev.entitlements.momento.CacheReader;
import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import dev.entitlements.momento.MomentoEndpoint;
import dev.entitlements.momento.TopicSubscriber;
import java.util.HashMap;
import java.util.Map;

/** One connection for each endpoint, shared by all watchers of a runtime. */
public final class GrpcTransport implements Transport, AutoCloseable {
  private final boolean plaintextAllowed;

  // Guarded by this. Making a connection does no input or output.
  private final Map<MomentoEndpoint, GrpcConnection> connections = new HashMap<>();
  private boolean closed;

  public GrpcTransport(boolean plaintextAllowed) {
    this.plaintextAllowed = plaintextAllowed;
  }

  @Override
  public CacheReader reader(SessionToken session) {
    return as(session);
  }

  @Override
  public TopicSubscriber subscriber(SessionToken session) {
    return as(session);
  }

  private GrpcMomento as(SessionToken session) {
    try {
      return connection(MomentoEndpoint.of(session.endpoint()))
          .as(Credential.ofAuthToken(session.token()), session.cacheName());
    } catch (IllegalArgumentException e) {
      throw new EntitlementsException(
          ErrorKind.INVALID_REQUEST,
          "the session token cannot be used: " + e.getMessage(),
          null,
          session.userId());
    }
  }

  private synchronized GrpcConnection connection(MomentoEndpoint endpoint) {
    if (closed) {
      throw new EntitlementsException(ErrorKind.CLOSED, "the watcher runtime is closed");
    }
    return connections.computeIfAbsent(
        endpoint, e -> GrpcConnection.builder(e).allowPlaintext(plaintextAllowed).build());
  }

  @Override
  public synchronized void close() {
    closed = true;
    connections.values().forEach(GrpcConnection::close);
    connections.clear();
  }
}
