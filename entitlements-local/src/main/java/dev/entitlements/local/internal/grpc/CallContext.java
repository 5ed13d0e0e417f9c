package dev.entitlements.local.internal.grpc;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.auth.Authenticator;
import dev.entitlements.local.internal.auth.Operation;
import dev.entitlements.local.internal.auth.Principal;
import dev.entitlements.local.internal.fault.Call;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.Executor;
import momento.token.TokenGrpc;
import org.jspecify.annotations.Nullable;

/**
 * What comes with a call in its headers: the caller, authenticated before any service sees the
 * call, and the name of the cache. Reads are consistent, whatever their header {@code
 * read-concern}, unless a fault makes those stale that did not ask for more.
 */
final class CallContext implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION = header("authorization");
  private static final Metadata.Key<String> CACHE = header("cache");
  private static final Context.Key<Principal> PRINCIPAL = Context.key("principal");
  private static final Context.Key<String> CACHE_NAME = Context.key("cache");
  private static final Metadata.Key<String> READ_CONCERN = header("read-concern");
  private static final Context.Key<Boolean> CONSISTENT = Context.key("consistent");

  private final Authenticator authenticator;

  CallContext(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** The caller of the present call. */
  static Principal principal() {
    Principal principal = PRINCIPAL.get();
    if (principal == null) {
      throw Refusal.unauthenticated("No credential: send one in the header authorization");
    }
    return principal;
  }

  /** The caller, where the credential may also be in the body: the header's comes first. */
  static @Nullable Principal principalIfAny() {
    return PRINCIPAL.get();
  }

  /** The cache that the present call is about. */
  static String cacheName() {
    String name = CACHE_NAME.get();
    if (name == null || name.isEmpty()) {
      throw Refusal.invalid("No cache name: send it in the header cache");
    }
    return name;
  }

  /** The present call, on keys of the cache in its header. */
  static Call call(Operation operation, List<ByteString> keys) {
    String cache = CACHE_NAME.get();
    return new Call(
        operation.rpc(), cache == null ? "" : cache, keys, Boolean.TRUE.equals(CONSISTENT.get()));
  }

  /** Where the present call goes on when it is not carried out at once. */
  static Executor executor() {
    EventLoop loop = ServiceRequestContext.current().eventLoop();
    Context context = Context.current();
    return task -> loop.execute(context.wrap(task));
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Context context =
        Context.current()
            .withValue(CACHE_NAME, headers.get(CACHE))
            .withValue(CONSISTENT, "consistent".equals(headers.get(READ_CONCERN)));
    String credential = headers.get(AUTHORIZATION);
    if (credential != null || !hasCredentialInBody(call)) {
      try {
        context = context.withValue(PRINCIPAL, authenticator.authenticate(credential));
      } catch (Refusal refusal) {
        call.close(GrpcErrors.status(refusal), GrpcErrors.trailers(refusal));
        return new ServerCall.Listener<Q>() {};
      }
    }
    return Contexts.interceptCall(context, call, headers, next);
  }

  /** Momento's SDKs send the API key in the body, and no header, when they ask for a token. */
  private static boolean hasCredentialInBody(ServerCall<?, ?> call) {
    return call.getMethodDescriptor()
        .getFullMethodName()
        .equals(TokenGrpc.getGenerateDisposableTokenMethod().getFullMethodName());
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
