package dev.entitlements.local.internal.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.Timers;
import dev.entitlements.local.internal.auth.Principal;
import dev.entitlements.local.internal.fault.FaultBoard;
import dev.entitlements.local.internal.fault.FaultJson;
import dev.entitlements.local.internal.fault.FaultKind;
import dev.entitlements.local.internal.fault.HappeningJson;
import dev.entitlements.local.internal.fault.Happenings;
import dev.entitlements.local.internal.fault.JsonFields;
import dev.entitlements.local.internal.fault.RunningFault;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Faults for another process: {@code POST}, {@code GET} and {@code DELETE /admin/faults}, and the
 * latter two on one fault, {@code /admin/faults/{id}}. Only with the API key.
 */
final class AdminRoute implements HttpService {
  static final String ALL = "/admin/faults";
  static final String ONE = "/admin/faults/{id}";

  /** So that the answer is gone before the connection is. */
  private static final Duration GRACE = Duration.ofMillis(100);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpCaller caller;
  private final FaultBoard board;
  private final HappeningJson happenings;
  private final Timers timers;

  AdminRoute(HttpCaller caller, FaultBoard board, Happenings happenings, Timers timers) {
    this.caller = caller;
    this.board = board;
    this.happenings = new HappeningJson(happenings);
    this.timers = timers;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    boolean one = context.pathParam("id") != null;
    return switch (request.method()) {
      case GET -> now(context, () -> one ? answer(FaultJson.write(fault(context))) : list());
      case DELETE -> now(context, () -> one ? end(fault(context)) : clear());
      case POST ->
          one
              ? Fallback.methodNotAllowed(request, "GET, DELETE")
              : HttpAnswers.later(
                  request.aggregate().thenApply(whole -> post(context, whole.contentUtf8())));
      default -> Fallback.methodNotAllowed(request, one ? "GET, DELETE" : "GET, POST, DELETE");
    };
  }

  private interface Body {
    HttpResponse run();
  }

  private HttpResponse now(ServiceRequestContext context, Body body) {
    return HttpAnswers.answer(
        () -> {
          requireOwner(context);
          return CompletableFuture.completedFuture(body.run());
        });
  }

  private HttpResponse post(ServiceRequestContext context, String json) {
    requireOwner(context);
    try {
      JsonFields fields = JsonFields.of(json);
      String name = fields.required("fault");
      Optional<FaultKind> kind = FaultJson.kind(name);
      return kind.isPresent()
          ? answer(
              HttpStatus.CREATED, FaultJson.write(board.add(FaultJson.read(kind.get(), fields))))
          : happen(name, happenings.read(name, fields));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      throw Refusal.of(Status.Code.FAILED_PRECONDITION, String.valueOf(e.getMessage()));
    }
  }

  private HttpResponse happen(String name, HappeningJson.Step step) {
    ObjectNode answer = JSON.createObjectNode().put("happened", name);
    if (step.cutsConnections()) {
      timers.after(GRACE, () -> step.action().run());
      return answer(HttpStatus.ACCEPTED, answer);
    }
    step.action().run().ifPresent(count -> answer.put("count", count));
    return answer(answer);
  }

  private HttpResponse list() {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode faults = answer.putArray("faults");
    board.list().forEach(fault -> faults.add(FaultJson.write(fault)));
    return answer(answer);
  }

  private HttpResponse clear() {
    return answer(JSON.createObjectNode().put("cleared", board.clear()));
  }

  private static HttpResponse end(RunningFault fault) {
    fault.end();
    return answer(FaultJson.write(fault));
  }

  private RunningFault fault(ServiceRequestContext context) {
    String id = String.valueOf(context.pathParam("id"));
    return board.list().stream()
        .filter(fault -> Long.toString(fault.id()).equals(id))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("There is no fault " + id));
  }

  private void requireOwner(ServiceRequestContext context) {
    if (!(caller.of(context) instanceof Principal.Owner)) {
      throw Refusal.denied("Faults are for the API key alone");
    }
  }

  private static HttpResponse answer(ObjectNode json) {
    return answer(HttpStatus.OK, json);
  }

  private static HttpResponse answer(HttpStatus status, ObjectNode json) {
    return HttpResponse.of(status, MediaType.JSON_UTF_8, json.toString());
  }
}
