package dev.entitlements.testkit;

import dev.entitlements.momento.Credential;
import dev.entitlements.momento.GrpcConnection;
import dev.entitlements.momento.GrpcMomento;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes the roles over gRPC, each on a connection of its own, and closes them after each test. */
public final class GrpcRoles implements AfterEachCallback {
  private final List<GrpcConnection> connections = new ArrayList<>();

  public GrpcMomento as(Bearer bearer) {
    GrpcConnection connection = GrpcConnection.to(bearer.endpoint());
    connections.add(connection);
    return connection.as(Credential.ofApiKey(bearer.apiKey()), bearer.cacheName());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    connections.forEach(GrpcConnection::close);
    connections.clear();
  }
}
