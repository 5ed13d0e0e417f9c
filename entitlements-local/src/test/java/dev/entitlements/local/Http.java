package dev.entitlements.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The HTTP API, by the platform's own client. */
final class Http {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One for all: each has threads of its own. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final LocalMomento momento;
  private final String credential;

  Http(LocalMomento momento, String credential) {
    this.momento = momento;
    this.credential = credential;
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(momento.endpoint() + path))
            .timeout(Duration.ofSeconds(20));
    if (credential != null) {
      request.header("Authorization", credential);
    }
    return request;
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    return sendLater(request).join();
  }

  CompletableFuture<HttpResponse<byte[]>> sendLater(HttpRequest.Builder request) {
    return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The answer as soon as its head is there. */
  HttpResponse<InputStream> stream(HttpRequest.Builder request) {
    return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream()).join();
  }

  /** A message as a browser sends it. */
  HttpRequest.Builder grpcWeb(String path, byte[] message) {
    byte[] frame =
        ByteBuffer.allocate(5 + message.length)
            .put((byte) 0)
            .putInt(message.length)
            .put(message)
            .array();
    return request(path)
        .header("Content-Type", "application/grpc-web+proto")
        .header("X-Grpc-Web", "1")
        .POST(HttpRequest.BodyPublishers.ofByteArray(frame));
  }

  HttpResponse<byte[]> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<byte[]> put(String path, byte[] body) {
    return send(request(path).PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> delete(String path) {
    return send(request(path).DELETE());
  }

  HttpResponse<byte[]> post(String path, String contentType, byte[] body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
