package dev.entitlements.local;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.cache_client.ECacheResult;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a browser sends: gRPC-Web over HTTP/1.1, and preflights. */
@Tag("P1")
@Timeout(60)
class GrpcWebTest {
  private LocalMomento momento;
  private Http http;

  @BeforeEach
  void start() {
    momento = LocalMomento.start();
    http = new Http(momento, momento.apiKey());
  }

  @AfterEach
  void stop() {
    momento.close();
  }

  @Test
  void aCallIsAnsweredWithItsTrailersInTheBody() throws IOException {
    http.put("/cache/entitlements?key=k&ttl_seconds=60", Http.utf8("value"));
    HttpResponse<byte[]> answer = call("/cache_client.Scs/Get", getRequest());
    assertThat(answer.statusCode()).isEqualTo(200);
    ByteBuffer body = ByteBuffer.wrap(answer.body());
    assertThat(body.get()).as("a message").isZero();
    byte[] message = new byte[body.getInt()];
    body.get(message);
    _GetResponse got = _GetResponse.parseFrom(message);
    assertThat(got.getResult()).isEqualTo(ECacheResult.Hit);
    assertThat(got.getCacheBody().toStringUtf8()).isEqualTo("value");
    assertThat(body.get()).as("trailers").isEqualTo((byte) 0x80);
    byte[] trailers = new byte[body.getInt()];
    body.get(trailers);
    assertThat(new String(trailers, StandardCharsets.US_ASCII)).contains("grpc-status: 0");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
    assertThat(answer.headers().firstValue("access-control-expose-headers").orElse(""))
        .contains("grpc-status", "grpc-message", "err");
  }

  @Test
  void aServiceThatIsNotThereIsUnimplemented() {
    HttpResponse<byte[]> answer = call("/leaderboard.Leaderboard/GetByRank", new byte[0]);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("grpc-status")).hasValue("12");
    Http stranger = new Http(momento, "wrong");
    HttpResponse<byte[]> refused =
        stranger.post("/no.Such/Call", "application/grpc-web+proto", new byte[5]);
    assertThat(refused.headers().firstValue("grpc-status")).hasValue("16");
  }

  @Test
  void aStrangerIsRefused() {
    HttpResponse<byte[]> answer =
        new Http(momento, "wrong")
            .post("/cache_client.Scs/Get", "application/grpc-web+proto", frame(getRequest()));
    String said = answer.headers().map() + new String(answer.body(), StandardCharsets.US_ASCII);
    assertThat(said).containsPattern("grpc-status(: |=\\[)16");
  }

  @Test
  void aPreflightIsAnsweredWithoutACredential() throws IOException {
    for (String path : new String[] {"/cache_client.pubsub.Pubsub/Subscribe", "/topics/c/t"}) {
      String answer =
          raw(
              "OPTIONS "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + "Origin: https://player.example\r\nAccess-Control-Request-Method: POST\r\n"
                  + "Access-Control-Request-Headers: authorization,cache,x-grpc-web\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT))
          .contains("access-control-allow-origin: *")
          .contains("access-control-allow-headers: authorization,cache,x-grpc-web")
          .contains("access-control-allow-methods: get,post,put,delete");
    }
  }

  private HttpResponse<byte[]> call(String path, byte[] message) {
    return http.send(
        http.request(path)
            .header("Content-Type", "application/grpc-web+proto")
            .header("X-Grpc-Web", "1")
            .header("Origin", "https://player.example")
            .header("cache", "entitlements")
            .POST(HttpRequest.BodyPublishers.ofByteArray(frame(message))));
  }

  private static byte[] getRequest() {
    return _GetRequest.newBuilder().setCacheKey(Client.bytes("k")).build().toByteArray();
  }

  private static byte[] frame(byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  /** The platform's client does not let an Origin through with everything; a socket does. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(momento.host(), momento.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      return head.toString();
    }
  }
}
