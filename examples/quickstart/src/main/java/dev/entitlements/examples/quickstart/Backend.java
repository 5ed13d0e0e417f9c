package dev.entitlements.examples.quickstart;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import dev.entitlements.EntitlementsException;
import dev.entitlements.SessionToken;
import dev.entitlements.server.EntitlementPublisher;
import dev.entitlements.server.EntitlementSessions;
import dev.entitlements.server.MomentoBackend;
import dev.entitlements.server.TokenIssuer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import momento.sdk.auth.CredentialProvider;
import org.jspecify.annotations.Nullable;

/**
 * A service's backend: {@code POST /login?user=…} answers with a session token, {@code POST
 * /checkout?user=…&plan=…} with the revision that it published. What it needs of the library is in
 * the constructor.
 */
final class Backend implements AutoCloseable {
  /** The library's calls end by themselves, and say why. */
  private static final Duration LONGER_THAN_A_CALL = Duration.ofSeconds(20);

  private final Subscribers subscribers;
  private final MomentoBackend momento;
  private final EntitlementPublisher publisher;
  private final TokenIssuer issuer;
  private final EntitlementSessions sessions;
  private final Server http;

  Backend(CredentialProvider credentials, String cacheName, PlanCatalog catalog) {
    subscribers = new Subscribers(catalog);
    momento = MomentoBackend.connect(credentials, cacheName);
    publisher =
        EntitlementPublisher.builder(
                momento, user -> CompletableFuture.completedFuture(subscribers.contentOf(user)))
            .build();
    issuer = TokenIssuer.builder(momento).build();
    sessions = EntitlementSessions.of(publisher, issuer);
    http =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .requestTimeout(LONGER_THAN_A_CALL)
            .annotatedService(this)
            .build();
    http.start().join();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + http.activeLocalPort());
  }

  /** Called by the HTTP server. */
  @Post("/login")
  public HttpResponse login(@Param("user") String user) {
    return answer(sessions.open(user).thenApply(SessionToken::toJson));
  }

  /** Called by the HTTP server. */
  @Post("/checkout")
  public HttpResponse checkout(@Param("user") String user, @Param("plan") String plan) {
    subscribers.buy(user, plan);
    return answer(
        publisher.refresh(user).thenApply(receipt -> "{\"revision\":" + receipt.revision() + "}"));
  }

  private static HttpResponse answer(CompletableFuture<String> json) {
    return HttpResponse.of(
        json.handle(
            (text, error) ->
                error == null
                    ? HttpResponse.of(HttpStatus.OK, MediaType.JSON, text)
                    : HttpResponse.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        MediaType.PLAIN_TEXT_UTF_8,
                        reason(error))));
  }

  private static String reason(@Nullable Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof EntitlementsException known
        ? known.kind() + ": " + known.getMessage()
        : String.valueOf(cause);
  }

  @Override
  public void close() {
    http.stop().join();
    issuer.close();
    publisher.close();
    momento.close();
  }
}
