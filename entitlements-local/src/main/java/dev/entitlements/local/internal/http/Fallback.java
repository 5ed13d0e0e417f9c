package dev.entitlements.local.internal.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.entitlements.local.internal.LimitName;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.auth.Authenticator;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Answers what no service answers: gRPC calls of services and methods that are not here with
 * UNIMPLEMENTED, other requests with an error of the HTTP API.
 */
final class Fallback implements HttpService, ServerErrorHandler {
  private final Authenticator authenticator;

  Fallback(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  static HttpResponse methodNotAllowed(HttpRequest request, String allowed) {
    return HttpAnswers.error(
        HttpStatus.METHOD_NOT_ALLOWED,
        Status.Code.UNIMPLEMENTED.name(),
        request.method() + " is not possible here: " + allowed + " are");
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    String contentType = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    if (contentType.startsWith("application/grpc")) {
      return unimplemented(request, contentType);
    }
    return HttpAnswers.error(
        HttpStatus.NOT_FOUND,
        Status.Code.NOT_FOUND.name(),
        "Nothing is served at " + context.path() + ": see the HTTP API of Momento");
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    return null;
  }

  @Override
  public @Nullable AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    boolean tooLarge = status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
    return HttpAnswers.body(
        status,
        tooLarge ? Status.Code.RESOURCE_EXHAUSTED.name() : status.reasonPhrase(),
        description == null ? status.reasonPhrase() : description,
        tooLarge ? LimitName.REQUEST_SIZE : null);
  }

  /** A gRPC answer of nothing but trailers, which HTTP carries as headers. */
  private HttpResponse unimplemented(HttpRequest request, String contentType) {
    Refusal refusal =
        Refusal.of(Status.Code.UNIMPLEMENTED, "LocalMomento does not implement " + request.path());
    try {
      authenticator.authenticate(request.headers().get(HttpHeaderNames.AUTHORIZATION));
    } catch (Refusal unauthenticated) {
      refusal = unauthenticated;
    }
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.CONTENT_TYPE, contentType)
            .set("grpc-status", Integer.toString(refusal.code().value()))
            .set("grpc-message", refusal.reason())
            .endOfStream(true)
            .build());
  }
}
