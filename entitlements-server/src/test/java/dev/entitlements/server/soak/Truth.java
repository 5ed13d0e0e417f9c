package dev.entitlements.server.soak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.entitlements.Entitlement;
import dev.entitlements.Entitlements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** The host's database: a version for each user, served over a loopback socket to all processes. */
final class Truth implements AutoCloseable {
  private final Map<String, AtomicLong> versions = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final HttpServer server;

  Truth() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * What a user of that version is entitled to. Of every other user the state comes back to what it
   * was, again and again: nothing but the revision tells one time from the other.
   */
  static Entitlements.Content contentOf(String userId, long version) {
    boolean comesBack = userId.hashCode() % 2 == 0;
    return Entitlements.Content.of(
        userId,
        Entitlement.builder("plan").limit("version", comesBack ? version % 2 : version).build());
  }

  static long versionIn(Entitlements snapshot) {
    return snapshot.entitlement("plan").orElseThrow().limit("version").orElseThrow();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Entitlements.Content content(String userId) {
    return contentOf(userId, version(userId).get());
  }

  long changes() {
    return versions.values().stream().mapToLong(AtomicLong::get).sum();
  }

  private AtomicLong version(String userId) {
    return versions.computeIfAbsent(userId, id -> new AtomicLong());
  }

  private void answer(HttpExchange exchange) throws IOException {
    AtomicLong version = version(exchange.getRequestURI().getPath().substring(1));
    boolean isChange = exchange.getRequestMethod().equals("POST");
    byte[] answer =
        String.valueOf(isChange ? version.incrementAndGet() : version.get())
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** How the processes reach it. */
  record Client(URI truth, HttpClient http) {
    Client(URI truth) {
      this(truth, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    void change(String userId) {
      send(HttpRequest.newBuilder(truth.resolve("/" + userId)).method("POST", none()));
    }

    Entitlements.Content content(String userId) {
      return contentOf(userId, send(HttpRequest.newBuilder(truth.resolve("/" + userId))));
    }

    private static HttpRequest.BodyPublisher none() {
      return HttpRequest.BodyPublishers.noBody();
    }

    private long send(HttpRequest.Builder request) {
      try {
        return Long.parseLong(
            http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
