package dev.entitlements.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import momento.sdk.config.middleware.Middleware;
import momento.sdk.config.middleware.MiddlewareMessage;
import momento.sdk.config.middleware.MiddlewareMetadata;
import momento.sdk.config.middleware.MiddlewareRequestHandler;
import momento.sdk.config.middleware.MiddlewareRequestHandlerContext;
import momento.sdk.config.middleware.MiddlewareStatus;

/** Lets something happen at an exact point of what a {@code CacheClient} does. */
final class Interleaving implements Middleware {
  private final Deque<Step> steps = new ArrayDeque<>();

  /** Right before the next request of that name, after the steps before this one. */
  synchronized Interleaving before(String request, Runnable happening) {
    steps.add(new Step(request, happening));
    return this;
  }

  synchronized boolean isOver() {
    return steps.isEmpty();
  }

  private void onRequest(String name) {
    Step step;
    synchronized (this) {
      if (steps.isEmpty() || !steps.getFirst().request().equals(name)) {
        return;
      }
      step = steps.removeFirst();
    }
    step.happening().run();
  }

  @Override
  public MiddlewareRequestHandler onNewRequest(MiddlewareRequestHandlerContext context) {
    return new Handler();
  }

  private record Step(String request, Runnable happening) {}

  private final class Handler implements MiddlewareRequestHandler {
    @Override
    public CompletableFuture<MiddlewareMessage> onRequestBody(MiddlewareMessage request) {
      onRequest(request.getConstructorName());
      return CompletableFuture.completedFuture(request);
    }

    @Override
    public CompletableFuture<MiddlewareMetadata> onRequestMetadata(MiddlewareMetadata metadata) {
      return CompletableFuture.completedFuture(metadata);
    }

    @Override
    public CompletableFuture<MiddlewareMetadata> onResponseMetadata(MiddlewareMetadata metadata) {
      return CompletableFuture.completedFuture(metadata);
    }

    @Override
    public CompletableFuture<MiddlewareMessage> onResponseBody(MiddlewareMessage response) {
      return CompletableFuture.completedFuture(response);
    }

    @Override
    public CompletableFuture<MiddlewareStatus> onResponseStatus(MiddlewareStatus status) {
      return CompletableFuture.completedFuture(status);
    }
  }
}
