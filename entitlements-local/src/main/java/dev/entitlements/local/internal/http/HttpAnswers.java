package dev.entitlements.local.internal.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import dev.entitlements.local.internal.LimitName;
import dev.entitlements.local.internal.Refusal;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers of the HTTP API. An error is a JSON object: {@code status} (the number), {@code error}
 * (its name, as in gRPC), {@code message} (what was wrong) and, where a limit was hit, {@code err}
 * (the limit's name).
 */
final class HttpAnswers {
  private static final Logger log = LoggerFactory.getLogger(HttpAnswers.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private HttpAnswers() {}

  /** Runs the code now, and answers when the future it returns is done. */
  static HttpResponse answer(Supplier<CompletableFuture<HttpResponse>> body) {
    try {
      return later(body.get());
    } catch (RuntimeException e) {
      return failure(e);
    }
  }

  /** Answers when the future is done, with what it holds or was refused with. */
  static HttpResponse later(CompletableFuture<HttpResponse> body) {
    HttpResponse response = HttpResponse.of(body.exceptionally(HttpAnswers::failure));
    // When the client has gone away, what waits to be carried out is not.
    var unused = response.whenComplete().whenComplete((done, failure) -> body.cancel(false));
    return response;
  }

  static HttpResponse error(HttpStatus status, String name, String message) {
    return body(status, name, message, null).toHttpResponse();
  }

  /** An error's body as such. */
  static AggregatedHttpResponse body(
      HttpStatus status, String name, String message, @Nullable LimitName limit) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("status", status.code())
            .put("error", name)
            .put("message", message);
    if (limit != null) {
      json.put("err", limit.wireName());
    }
    return AggregatedHttpResponse.of(
        status, MediaType.JSON_UTF_8, HttpData.ofUtf8(json.toString()));
  }

  private static HttpResponse failure(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Refusal refusal) {
      return body(status(refusal.code()), refusal.code().name(), refusal.reason(), refusal.limit())
          .toHttpResponse();
    }
    if (cause instanceof ContentTooLargeException) {
      return body(
              HttpStatus.REQUEST_ENTITY_TOO_LARGE,
              Status.Code.RESOURCE_EXHAUSTED.name(),
              "The body is larger than any item can be",
              LimitName.REQUEST_SIZE)
          .toHttpResponse();
    }
    if (cause instanceof ClosedSessionException || cause instanceof ClosedStreamException) {
      // The client went away before it had sent all; nobody reads the answer.
      return HttpResponse.ofFailure(cause);
    }
    log.warn("LocalMomento failed to answer an HTTP request", cause);
    return error(HttpStatus.INTERNAL_SERVER_ERROR, Status.Code.INTERNAL.name(), "Failed: " + cause);
  }

  private static HttpStatus status(Status.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case PERMISSION_DENIED -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case UNIMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
      case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
      default -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }
}
