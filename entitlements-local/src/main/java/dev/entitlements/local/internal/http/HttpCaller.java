package dev.entitlements.local.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.entitlements.local.internal.Refusal;
import dev.entitlements.local.internal.auth.Authenticator;
import dev.entitlements.local.internal.auth.Principal;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sends an HTTP request: by the header {@code Authorization} or the query parameter
 * {@code token}, not both; bare, or in the base64 form that Momento's SDKs hand out.
 */
final class HttpCaller {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Authenticator authenticator;

  HttpCaller(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * The request's sender.
   *
   * @throws Refusal UNAUTHENTICATED or INVALID_ARGUMENT
   */
  Principal of(ServiceRequestContext context) {
    String header = context.request().headers().get(HttpHeaderNames.AUTHORIZATION);
    String parameter = context.queryParam("token");
    if (header != null && parameter != null) {
      throw Refusal.invalid("Two credentials: send either the header or the parameter token");
    }
    return authenticator.authenticate(bare(header != null ? header : parameter));
  }

  private static @Nullable String bare(@Nullable String credential) {
    if (credential == null) {
      return null;
    }
    try {
      JsonNode key = JSON.readTree(Base64.getDecoder().decode(credential)).get("api_key");
      return key == null ? credential : key.asText();
    } catch (IllegalArgumentException | IOException e) {
      return credential;
    }
  }
}
