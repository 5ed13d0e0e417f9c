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
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.Timers;
import dev.entitlements.local.internal.topic.Subscription;
import dev.entitlements.local.internal.topic.TopicHub;
import dev.entitlements.local.internal.topic.TopicName;
import dev.entitlements.local.internal.topic.TopicValue;
import java.time.Duration;

/** {@code POST /topics/{cache}/{topic}} and the long poll, {@code GET} on the same. */
final class TopicRoute implements HttpService {
  static final String PATH = "/topics/{cache}/{topic}";

  private final HttpCaller caller;
  private final TopicHub hub;
  private final Timers timers;
  private final Duration longPollWait;

  TopicRoute(HttpCaller caller, TopicHub hub, Timers timers, Duration longPollWait) {
    this.caller = caller;
    this.hub = hub;
    this.timers = timers;
    this.longPollWait = longPollWait;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return switch (request.method()) {
      case POST ->
          HttpAnswers.answer(request.aggregate().thenApply(whole -> publish(context, whole)));
      case GET -> HttpAnswers.answer(() -> poll(context));
      default -> Fallback.methodNotAllowed(request, "GET, POST");
    };
  }

  private HttpResponse publish(ServiceRequestContext context, AggregatedHttpRequest request) {
    hub.publish(caller.of(context), name(context), value(request));
    return HttpResponse.of(HttpStatus.NO_CONTENT);
  }

  private HttpResponse poll(ServiceRequestContext context) {
    LongPollSink sink = new LongPollSink(context.eventLoop().withoutContext());
    Subscription subscription =
        hub.subscribe(
            caller.of(context),
            name(context),
            number(context, "sequence_number"),
            number(context, "sequence_page"),
            sink);
    sink.subscribed();
    Timers.Timer timeout = timers.after(longPollWait, sink::timeOut);
    HttpResponse response = HttpAnswers.answer(sink.whenDone().thenApply(LongPollSink::answer));
    // Also when the client has gone away: it must not stay subscribed.
    var unused =
        response
            .whenComplete()
            .whenComplete(
                (done, failure) -> {
                  timeout.cancel();
                  subscription.close();
                });
    return response;
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
