package dev.entitlements.local.internal.grpc;

import dev.entitlements.local.Rpc;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.auth.Authenticator;
import dev.entitlements.local.internal.auth.Minter;
import dev.entitlements.local.internal.auth.Principal;
import dev.entitlements.local.internal.fault.Call;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import momento.token.TokenGrpc;
import momento.token._GenerateDisposableTokenRequest;
import momento.token._GenerateDisposableTokenResponse;

/** Mints disposable tokens. */
final class TokenService extends TokenGrpc.TokenImplBase {
  private final Authenticator authenticator;
  private final Minter minter;
  private final Supplier<String> endpoint;
  private final Unary unary;

  /**
   * Begins to serve.
   *
   * @param endpoint host and port, as tokens name it
   */
  TokenService(Authenticator authenticator, Minter minter, Supplier<String> endpoint, Unary unary) {
    this.authenticator = authenticator;
    this.minter = minter;
    this.endpoint = endpoint;
    this.unary = unary;
  }

  @Override
  public void generateDisposableToken(
      _GenerateDisposableTokenRequest request,
      StreamObserver<_GenerateDisposableTokenResponse> observer) {
    Principal caller;
    try {
      caller = caller(request);
    } catch (Refusal refusal) {
      observer.onError(GrpcErrors.exception(refusal));
      return;
    }
    unary.answer(
        observer,
        Call.of(Rpc.GENERATE_DISPOSABLE_TOKEN, "", request.getTokenId()),
        () -> mint(caller, request));
  }

  private _GenerateDisposableTokenResponse mint(
      Principal caller, _GenerateDisposableTokenRequest request) {
    Minter.Minted minted =
        minter.mint(
            caller,
            request.getTokenId(),
            request.getExpires().getValidForSeconds(),
            request.getPermissions());
    return _GenerateDisposableTokenResponse.newBuilder()
        .setApiKey(minted.apiKey())
        .setEndpoint(endpoint.get())
        .setValidUntil(minted.expiresAt().getEpochSecond())
        .build();
  }

  /** Whoever the field names, which is where the SDKs have it; else whoever the header names. */
  private Principal caller(_GenerateDisposableTokenRequest request) {
    Principal byHeader = CallContext.principalIfAny();
    return byHeader != null && request.getAuthToken().isEmpty()
        ? byHeader
        : authenticator.authenticate(request.getAuthToken());
  }
}
