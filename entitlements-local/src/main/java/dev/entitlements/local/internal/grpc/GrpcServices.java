package dev.entitlements.local.internal.grpc;

import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.HttpServiceWithRoutes;
import com.linecorp.armeria.server.grpc.GrpcService;
import dev.entitlements.local.internal.ServerState;
import java.util.function.Supplier;

/** Momento's services, for gRPC and gRPC-Web alike. */
public final class GrpcServices {
  private GrpcServices() {}

  /**
   * The services on the state.
   *
   * @param endpoint host and port, as tokens name it
   * @param maxMessageBytes what one request message may have
   */
  public static HttpServiceWithRoutes of(
      ServerState state, Supplier<String> endpoint, int maxMessageBytes) {
    Unary unary = new Unary(state.gate());
    return GrpcService.builder()
        .addService(new ScsService(state.caches(), state.gate(), state.meter(), unary))
        .addService(
            new ControlService(state.caches(), state.topics(), state.settings().quotas(), unary))
        .addService(new PubsubService(state.topics(), state.gate(), unary))
        .addService(new TokenService(state.authenticator(), state.minter(), endpoint, unary))
        .addService(new PingService(unary))
        .intercept(new CallContext(state.authenticator()))
        .supportedSerializationFormats(
            GrpcSerializationFormats.PROTO,
            GrpcSerializationFormats.PROTO_WEB,
            GrpcSerializationFormats.PROTO_WEB_TEXT)
        .maxRequestMessageLength(maxMessageBytes)
        .build();
  }
}
