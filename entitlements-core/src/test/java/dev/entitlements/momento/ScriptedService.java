package dev.entitlements.momento;

import grpc.cache_client.ECacheResult;
import grpc.cache_client.ScsGrpc;
import grpc.cache_client._GetRequest;
import grpc.cache_client._GetResponse;
import grpc.cache_client.pubsub.PubsubGrpc;
import grpc.cache_client.pubsub._SubscriptionItem;
import grpc.cache_client.pubsub._SubscriptionRequest;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A service that answers as a test says, over real sockets: for what no good service does. */
final class ScriptedService implements AutoCloseable {
  /** The headers of each call. */
  final BlockingQueue<Metadata> headers = new LinkedBlockingQueue<>();

  /** Counted down when a call was cancelled by its caller. */
  final CountDownLatch cancelled = new CountDownLatch(1);

  private final BiConsumer<_GetRequest, StreamObserver<_GetResponse>> onGet;
  private final Consumer<StreamObserver<_SubscriptionItem>> onSubscribe;
  private final Server server;

  private ScriptedService(
      BiConsumer<_GetRequest, StreamObserver<_GetResponse>> onGet,
      Consumer<StreamObserver<_SubscriptionItem>> onSubscribe) {
    this.onGet = onGet;
    this.onSubscribe = onSubscribe;
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(new Cache())
            .addService(new Topics())
            .intercept(new CallRecorder())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ScriptedService answeringGets(BiConsumer<_GetRequest, StreamObserver<_GetResponse>> get) {
    return new ScriptedService(get, observer -> {});
  }

  static ScriptedService streaming(Consumer<StreamObserver<_SubscriptionItem>> subscribe) {
    return new ScriptedService((request, observer) -> {}, subscribe);
  }

  static ScriptedService thatNeverAnswers() {
    return answeringGets((request, observer) -> {});
  }

  static ScriptedService thatAlwaysMisses() {
    return answeringGets(
        (request, observer) -> {
          observer.onNext(_GetResponse.newBuilder().setResult(ECacheResult.Miss).build());
          observer.onCompleted();
        });
  }

  MomentoEndpoint endpoint() {
    return MomentoEndpoint.of("127.0.0.1", "127.0.0.1", server.getPort(), false);
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Cache extends ScsGrpc.ScsImplBase {
    @Override
    public void get(_GetRequest request, StreamObserver<_GetResponse> observer) {
      onGet.accept(request, observer);
    }
  }

  private final class Topics extends PubsubGrpc.PubsubImplBase {
    @Override
    public void subscribe(
        _SubscriptionRequest request, StreamObserver<_SubscriptionItem> observer) {
      onSubscribe.accept(observer);
    }
  }

  /** Sees what happens before a request has come as well. */
  private final class CallRecorder implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata received, ServerCallHandler<Q, R> next) {
      headers.add(received);
      return new SimpleForwardingServerCallListener<Q>(next.startCall(call, received)) {
        @Override
        public void onCancel() {
          cancelled.countDown();
          super.onCancel();
        }
      };
    }
  }
}
