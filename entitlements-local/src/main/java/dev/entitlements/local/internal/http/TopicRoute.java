package dev.entitlements.local.internal.http;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.entitlements.local.Rpc;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.Timers;
import dev.entitlements.local.internal.auth.Principal;
import dev.entitlements.local.internal.fault.Call;
import dev.entitlements.local.internal.fault.FaultGate;
import dev.entitlements.local.internal.topic.Subscription;
import dev.entitlements.local.internal.topic.TopicHub;
import dev.entitlements.local.internal.topic.TopicName;
import dev.entitlements.local.internal.topic.TopicValue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** {@code POST /topics/{cache}/{topic}} and the long poll, {@code GET} on the same. */
final class TopicRoute implements HttpService {
  static final String PATH = "/topics/{cache}/{topic}";

  private final HttpCaller caller;
  private final TopicHub hub;
  private final FaultGate gate;
  private final Timers timers;
  private final Duration longPollWait;

  TopicRoute(
      HttpCaller caller, TopicHub hub, FaultGate gate, Timers timers, Duration longPollWait) {
    this.caller = caller;
    this.hub = hub;
    this.gate = gate;
    this.timers = timers;
    this.longPollWait = longPollWait;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return switch (request.method()) {
      case POST ->
          HttpAnswers.later(request.aggregate().thenCompose(whole -> publish(context, whole)));
      case GET -> HttpAnswers.answer(() -> poll(context));
      default -> Fallback.methodNotAllowed(request, "GET, POST");
    };
  }

  private CompletableFuture<HttpResponse> publish(
      ServiceRequestContext context, AggregatedHttpRequest request) {
    Principal principal = caller.of(context);
    return gate.pass(
        call(Rpc.PUBLISH, context),
        context.eventLoop(),
        () -> {
          hub.publish(principal, name(context), value(request));
          return HttpResponse.of(HttpStatus.NO_CONTENT);
        });
  }

  private CompletableFuture<HttpResponse> poll(ServiceRequestContext context) {
    Principal principal = caller.of(context);
    LongPollSink sink = new LongPollSink(context.eventLoop().withoutContext());
    CompletableFuture<Subscription> opened =
        gate.pass(
            call(Rpc.SUBSCRIBE, context),
            context.eventLoop(),
            () ->
                hub.subscribe(
                    principal,
                    name(context),
                    number(context, "sequence_number"),
                    number(context, "sequence_page"),
                    sink));
    CompletableFuture<HttpResponse> answer =
        opened.thenCompose(subscription -> gather(subscription, sink));
    // Also when the client has gone away: then it must not stay, or become, subscribed.
    var unused =
        answer.whenComplete(
            (done, failure) -> {
              opened.cancel(false);
              sink.abandon();
            });
    return answer;
  }

  private CompletableFuture<HttpResponse> gather(Subscription subscription, LongPollSink sink) {
    sink.subscribed();
    Timers.Timer timeout = timers.after(longPollWait, sink::timeOut);
    CompletableFuture<HttpResponse> answer = sink.whenDone().thenApply(LongPollSink::answer);
    var unused =
        answer.whenComplete(
            (done, failure) -> {
              timeout.cancel();
              subscription.close();
            });
    return answer;
  }

  private static Call call(Rpc rpc, ServiceRequestContext context) {
    TopicName name = name(context);
    return Call.of(rpc, name.cache(), name.topic());
  }

  private static TopicName name(ServiceRequestContext context) {
    return new TopicName(context.pathParam("cache"), context.pathParam("topic"));
  }

  private static TopicValue value(AggregatedHttpRequest request) {
    ByteString bytes = UnsafeByteOperations.unsafeWrap(request.content().array());
    MediaType type = request.contentType();
    if (type != null && type.is(MediaType.OCTET_STREAM)) {
      return new TopicValue(false, bytes);
    }
    if (!bytes.isValidUtf8()) {
      throw Refusal.invalid(
          "The text is not UTF-8: publish bytes with Content-Type application/octet-stream");
    }
    return new TopicValue(true, bytes);
  }

  private static long number(ServiceRequestContext context, String parameter) {
    String value = context.queryParam(parameter);
    if (value == null || value.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException e) {
      throw Refusal.invalid("The parameter " + parameter + " is not a whole number");
    }
  }
}
