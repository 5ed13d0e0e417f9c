package dev.entitlements.momento;

import dev.entitlements.EntitlementsException;
import dev.entitlements.ErrorKind;
import dev.entitlements.momento.internal.GrpcErrors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few connections to one host, shared by all calls.
 *
 * <ol>
 *   <li>Momento allows about 100 streams on one HTTP/2 connection; a further one would wait
 *       unheard. So a connection takes {@value #STREAMS_PER_CHANNEL} subscriptions, then the next
 *       one is opened. The rest is for other calls.
 *   <li>A channel that failed to connect is replaced. Its own back-off, 1 s to 2 min, would
 *       otherwise overrule the watcher's. It is shut down gently: an older transport of it may
 *       still carry live streams.
 * </ol>
 */
final class ChannelPool {
  static final int STREAMS_PER_CHANNEL = 80;

  private final Supplier<ManagedChannel> factory;

  // Guarded by this. Nothing foreign is called under the lock.
  private final List<Slot> slots = new ArrayList<>();
  private final List<ManagedChannel> retired = new ArrayList<>();
  private boolean closed;

  ChannelPool(Supplier<ManagedChannel> factory) {
    this.factory = factory;
  }

  /** The channel for a short call. */
  synchronized ManagedChannel channel() {
    return slot(0).healthyChannel();
  }

  /** A place for a long stream; to be {@linkplain Lease#close given back} at its end. */
  synchronized Lease lease() {
    int i = 0;
    while (i < slots.size() && slots.get(i).streams >= STREAMS_PER_CHANNEL) {
      i++;
    }
    Slot slot = slot(i);
    slot.streams++;
    return new Lease(slot, slot.healthyChannel());
  }

  /** What a failed call says: first of all that the connection was closed, if it was. */
  EntitlementsException errorOf(String call, Status status, @Nullable Metadata trailers) {
    return isClosed()
        ? new EntitlementsException(ErrorKind.CLOSED, call + ": the connection was closed")
        : GrpcErrors.toException(call, status, trailers);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** How many connections there are, at most. */
  synchronized int size() {
    return slots.size();
  }

  /** Ends all calls and streams. */
  void shutDown() {
    synchronized (this) {
      closed = true;
    }
    channels().forEach(ManagedChannel::shutdownNow);
  }

  /** Waits until nothing of them is left, or until then. */
  void awaitTermination(long untilNanos) {
    try {
      for (ManagedChannel channel : channels()) {
        channel.awaitTermination(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<ManagedChannel> channels() {
    List<ManagedChannel> all = new ArrayList<>(retired);
    slots.forEach(slot -> all.add(slot.channel));
    return all;
  }

  private Slot slot(int i) {
    if (i == slots.size()) {
      slots.add(new Slot(newChannel()));
    }
    return slots.get(i);
  }

  private ManagedChannel newChannel() {
    ManagedChannel channel = factory.get();
    if (closed) {
      // Calls on it then fail at once, and in the one way in which all calls fail.
      channel.shutdownNow();
    }
    return channel;
  }

  /** A connection and the number of subscriptions on it. */
  private final class Slot {
    private ManagedChannel channel;
    private int streams;

    Slot(ManagedChannel channel) {
      this.channel = channel;
    }

    ManagedChannel healthyChannel() {
      if (!closed && channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
        channel.shutdown();
        retired.removeIf(ManagedChannel::isTerminated);
        retired.add(channel);
        channel = newChannel();
      }
      return channel;
    }
  }

  /** The right to one stream on a channel. */
  final class Lease implements AutoCloseable {
    private final Slot slot;
    private final ManagedChannel channel;
    private boolean returned;

    private Lease(Slot slot, ManagedChannel channel) {
      this.slot = slot;
      this.channel = channel;
    }

    ManagedChannel channel() {
      return channel;
    }

    @Override
    public void close() {
      synchronized (ChannelPool.this) {
        if (!returned) {
          returned = true;
          slot.streams--;
        }
      }
    }
  }
}
