package dev.entitlements.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import grpc.cache_client.PingGrpc;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.control_client.ScsControlGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import momento.token.TokenGrpc;

/** A player who tries whatever Momento has with her token. */
final class PlayerAttempts implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;
  private final String credential;
  private final ManagedChannel channel;

  PlayerAttempts(URI endpoint, String credential) {
    this.endpoint = endpoint;
    this.credential = credential;
    this.channel =
        ManagedChannelBuilder.forAddress(endpoint.getHost(), endpoint.getPort())
            .usePlaintext()
            .build();
  }

  /** Where something is tried: a cache, and the name of an item and topic. */
  record Place(String cache, String name) {
    @Override
    public String toString() {
      return name + " of " + cache;
    }
  }

  static Stream<MethodDescriptor<?, ?>> everyMethod() {
    return Stream.of(
            ScsGrpc.getServiceDescriptor(),
            ScsControlGrpc.getServiceDescriptor(),
            PubsubGrpc.getServiceDescriptor(),
            TokenGrpc.getServiceDescriptor(),
            PingGrpc.getServiceDescriptor())
        .flatMap(service -> service.getMethods().stream());
  }

  /**
   * Makes the call about that place, as far as a call can be; of an answer, the first is enough.
   */
  @SuppressWarnings("unchecked")
  <Q, R> Status.Code call(MethodDescriptor<Q, R> method, Place place) {
    Message empty = (Message) method.parseRequest(new ByteArrayInputStream(new byte[0]));
    Message request = filled(empty.newBuilderForType(), place).build();
    Metadata headers = new Metadata();
    headers.put(header("authorization"), credential);
    headers.put(header("cache"), place.cache());
    Context.CancellableContext stream = Context.current().withCancellation();
    try {
      return stream.call(
          () -> {
            ClientCalls.blockingServerStreamingCall(
                    ClientInterceptors.intercept(
                        channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                    method,
                    CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                    (Q) request)
                .next();
            return Status.Code.OK;
          });
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      stream.cancel(null);
    }
  }

  int http(String method, String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(endpoint + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", credential)
                .method(method, HttpRequest.BodyPublishers.ofString("1"))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** Sets what names a key, a topic, a cache or a time, at any depth; of alternatives the first. */
  private static Message.Builder filled(Message.Builder message, Place place) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.getContainingOneof() != null && message.hasOneof(field.getContainingOneof())) {
        continue;
      }
      switch (field.getJavaType()) {
        case BYTE_STRING -> set(message, field, ByteString.copyFromUtf8(place.name()));
        case MESSAGE -> {
          if (!field.isMapField()) {
            set(message, field, filled(message.newBuilderForField(field), place).build());
          }
        }
        case STRING -> {
          if (field.getName().equals("cache_name")) {
            set(message, field, place.cache());
          } else if (field.getName().contains("topic")) {
            set(message, field, place.name());
          }
        }
        case LONG -> {
          if (field.getName().endsWith("milliseconds")) {
            set(message, field, 9_000L);
          }
        }
        default -> {
          // Nothing that says what the call is about.
        }
      }
    }
    return message;
  }

  private static void set(Message.Builder message, FieldDescriptor field, Object value) {
    if (field.isRepeated()) {
      message.addRepeatedField(field, value);
    } else {
      message.setField(field, value);
    }
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
