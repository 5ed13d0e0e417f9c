package dev.entitlements.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a credential, or with none, who tries things on one cache by every protocol. */
final class ScopeCaller implements AutoCloseable {
  private static final Pattern WEB_STATUS = Pattern.compile("grpc-status: ?(\\d+)");
  private static final int WEB_TRAILERS = 0x80;

  private final Client grpc;
  private final Http http;
  private final String credential;
  private final String cache;

  ScopeCaller(LocalMomento momento, String credential, String cache) {
    this.grpc = new Client(momento, credential, cache);
    this.http = new Http(momento, credential);
    this.credential = credential;
    this.cache = cache;
  }

  String cache() {
    return cache;
  }

  Http http() {
    return http;
  }

  /** What goes into the field of a mint request, where the SDKs have it. */
  String credentialInBody() {
    return credential == null ? "" : credential;
  }

  <Q, R> Outcome grpc(MethodDescriptor<Q, R> method, Q request) {
    try {
      grpc.call(method, request);
      return Outcome.ALLOWED;
    } catch (StatusRuntimeException e) {
      return Outcome.of(e.getStatus().getCode());
    }
  }

  Outcome subscribe(String topic) {
    Stream stream = grpc.subscribe(cache, topic, 0, 0);
    try {
      return stream.isAccepted() ? Outcome.ALLOWED : Outcome.of(stream.end().getCode());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      stream.cancel();
    }
  }

  /** As Momento's web SDK calls; of an answer, the first frame is enough. */
  Outcome grpcWeb(MethodDescriptor<?, ?> method, MessageLite request) {
    HttpResponse<InputStream> answer =
        http.stream(
            http.grpcWeb("/" + method.getFullMethodName(), request.toByteArray())
                .header("cache", cache));
    try (InputStream body = answer.body()) {
      String early = answer.headers().firstValue("grpc-status").orElse(null);
      if (early != null) {
        return webOutcome(early);
      }
      if (body.read() != WEB_TRAILERS) {
        return Outcome.ALLOWED;
      }
      Matcher status = WEB_STATUS.matcher(new String(body.readAllBytes(), ISO_8859_1));
      return status.find() ? webOutcome(status.group(1)) : Outcome.OTHER;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome webOutcome(String code) {
    return Outcome.of(Status.fromCodeValue(Integer.parseInt(code)).getCode());
  }

  @Override
  public void close() {
    grpc.close();
  }

  /** What a try comes to, as far as rights go. */
  enum Outcome {
    ALLOWED,
    DENIED,
    UNAUTHENTICATED,
    UNIMPLEMENTED,
    /** Not to be expected of anything in these tables. */
    OTHER;

    static Outcome of(Status.Code code) {
      return switch (code) {
        // Allowed, and then refused for what is there or is not, such as a cache of that name.
        case OK, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION -> ALLOWED;
        case PERMISSION_DENIED -> DENIED;
        case UNAUTHENTICATED -> UNAUTHENTICATED;
        case UNIMPLEMENTED -> UNIMPLEMENTED;
        default -> OTHER;
      };
    }

    static Outcome of(HttpResponse<?> answer) {
      return switch (answer.statusCode()) {
        case 200, 204, 404 -> ALLOWED;
        case 403 -> DENIED;
        case 401 -> UNAUTHENTICATED;
        default -> OTHER;
      };
    }
  }
}
