package dev.entitlements.local.internal.http;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.entitlements.local.internal.Meter;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.auth.Operation;
import dev.entitlements.local.internal.auth.Principal;
import dev.entitlements.local.internal.cache.Cache;
import dev.entitlements.local.internal.cache.Caches;
import dev.entitlements.local.internal.fault.Call;
import dev.entitlements.local.internal.fault.FaultGate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** {@code GET}, {@code PUT} and {@code DELETE /cache/{cache}?key=}. */
final class CacheRoute implements HttpService {
  static final String PATH = "/cache/{cache}";

  private final HttpCaller caller;
  private final Caches caches;
  private final FaultGate gate;
  private final Meter meter;

  CacheRoute(HttpCaller caller, Caches caches, FaultGate gate, Meter meter) {
    this.caller = caller;
    this.caches = caches;
    this.gate = gate;
    this.meter = meter;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return switch (request.method()) {
      case GET -> HttpAnswers.answer(() -> get(context));
      case PUT ->
          HttpAnswers.later(
              request.aggregate().thenCompose(whole -> put(context, whole.content())));
      case DELETE -> HttpAnswers.answer(() -> delete(context));
      default -> Fallback.methodNotAllowed(request, "GET, PUT, DELETE");
    };
  }

  private CompletableFuture<HttpResponse> get(ServiceRequestContext context) {
    ByteString key = key(context);
    return open(
        context,
        Operation.GET,
        key,
        (cache, stale) -> {
          ByteString value = stale ? cache.getStale(key) : cache.get(key);
          if (value == null) {
            throw Refusal.notFound("Key Not Found");
          }
          return HttpResponse.of(
              HttpStatus.OK, MediaType.OCTET_STREAM, HttpData.wrap(value.toByteArray()));
        });
  }

  private CompletableFuture<HttpResponse> put(ServiceRequestContext context, HttpData value) {
    ByteString key = key(context);
    return open(
        context,
        Operation.SET,
        key,
        (cache, stale) -> {
          cache.set(key, UnsafeByteOperations.unsafeWrap(value.array()), ttlMillis(context));
          return HttpResponse.of(HttpStatus.NO_CONTENT);
        });
  }

  private CompletableFuture<HttpResponse> delete(ServiceRequestContext context) {
    ByteString key = key(context);
    return open(
        context,
        Operation.DELETE,
        key,
        (cache, stale) -> {
          cache.delete(key);
          return HttpResponse.of(HttpStatus.NO_CONTENT);
        });
  }

  /** What is done with the cache once it is open; told whether a read is to be stale. */
  private interface Step extends BiFunction<Cache, Boolean, HttpResponse> {}

  private CompletableFuture<HttpResponse> open(
      ServiceRequestContext context, Operation operation, ByteString key, Step step) {
    Principal principal = caller.of(context);
    String cache = context.pathParam("cache");
    boolean consistent = "consistent".equals(context.request().headers().get("read-concern"));
    Call call = new Call(operation.rpc(), cache, List.of(key), consistent);
    return gate.pass(
        call,
        context.eventLoop(),
        () -> {
          Cache open = caches.open(principal, operation, cache, List.of(key));
          if (consistent && operation == Operation.GET) {
            meter.consistentRead();
          }
          return step.apply(open, gate.isStale(call));
        });
  }

  private static ByteString key(ServiceRequestContext context) {
    String text = context.queryParam("key");
    String base64 = context.queryParam("key_base64");
    if ((text == null) == (base64 == null)) {
      throw Refusal.invalid("Send the key in one of the parameters key and key_base64");
    }
    if (text != null) {
      return ByteString.copyFromUtf8(text);
    }
    try {
      return ByteString.copyFrom(Base64.getUrlDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("The parameter key_base64 is not URL-safe base64");
    }
  }

  private static long ttlMillis(ServiceRequestContext context) {
    String seconds = context.queryParam("ttl_seconds");
    if (seconds == null) {
      throw Refusal.invalid("The parameter ttl_seconds is missing");
    }
    try {
      long value = Long.parseLong(seconds);
      // What does not fit is out of bounds anyhow, and is refused as such further on.
      return value <= 0 ? 0 : Math.multiplyExact(value, 1000L);
    } catch (NumberFormatException | ArithmeticException e) {
      throw Refusal.invalid("The parameter ttl_seconds is not a number of seconds");
    }
  }
}
