package dev.entitlements.local.internal.grpc;

import dev.entitlements.local.internal.auth.AccessControl;
import dev.entitlements.local.internal.auth.Operation;
import dev.entitlements.local.internal.auth.Resource;
import grpc.cache_client.PingGrpc;
import grpc.cache_client._PingRequest;
import grpc.cache_client._PingResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Says that it is there. */
final class PingService extends PingGrpc.PingImplBase {
  private final Unary unary;

  PingService(Unary unary) {
    this.unary = unary;
  }

  @Override
  public void ping(_PingRequest request, StreamObserver<_PingResponse> observer) {
    unary.answer(
        observer,
        CallContext.call(Operation.PING, List.of()),
        () -> {
          AccessControl.require(CallContext.principal(), Operation.PING, Resource.NONE);
          return _PingResponse.getDefaultInstance();
        });
  }
}
