package dev.entitlements.examples.benchmarks.floor;

import com.google.protobuf.ByteString;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.peers.Arrivals;
import grpc.cache_client.pubsub._SubscriptionItem;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at the first bytes of each push, or of the item if the push cannot carry it. */
final class FloorPlayer implements StreamObserver<_SubscriptionItem>, AutoCloseable {
  private final Stubs stubs;
  private final String user;
  private final Arrivals arrivals;
  private final CountDownLatch active = new CountDownLatch(1);

  FloorPlayer(Stubs stubs, String user, Arrivals arrivals) {
    this.stubs = stubs;
    this.user = user;
    this.arrivals = arrivals;
  }

  /** Returns once it is subscribed. */
  void start() throws InterruptedException {
    stubs.subscribe(user, this);
    if (!active.await(30, TimeUnit.SECONDS)) {
      throw new BenchmarkFailed("The bare stub was not subscribed within 30 s");
    }
  }

  @Override
  public void onNext(_SubscriptionItem event) {
    active.countDown();
    if (!event.hasItem()) {
      return;
    }
    ByteString message = event.getItem().getValue().getBinary();
    if (message.size() == Long.BYTES) {
      CompletableFuture<Void> unused =
          stubs.get(user).thenAccept(answer -> arrived(answer.getCacheBody()));
    } else {
      arrived(message);
    }
  }

  private void arrived(ByteString document) {
    arrivals.arrived(user, document.asReadOnlyByteBuffer().getLong());
  }

  /** States that do not come are told by whoever waits for them. */
  @Override
  public void onError(Throwable error) {}

  @Override
  public void onCompleted() {}

  @Override
  public void close() {
    stubs.close();
  }
}
