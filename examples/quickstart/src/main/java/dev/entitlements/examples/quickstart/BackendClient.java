package dev.entitlements.examples.quickstart;

import dev.entitlements.SessionToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The backend as a player sees it: over HTTP. */
final class BackendClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI backend;

  BackendClient(URI backend) {
    this.backend = backend;
  }

  SessionToken login(String user) throws IOException, InterruptedException {
    return SessionToken.fromJson(post("/login?user=" + encode(user)));
  }

  void checkout(String user, String plan) throws IOException, InterruptedException {
    post("/checkout?user=" + encode(user) + "&plan=" + encode(plan));
  }

  private String post(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(backend.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          "POST " + path + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
