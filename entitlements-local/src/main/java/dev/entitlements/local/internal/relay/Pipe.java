package dev.entitlements.local.internal.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one connection: reads from the source, keeps what it read for as long as the
 * link wants, and writes it to the sink, in order. All of it on the event loop.
 */
final class Pipe extends ChannelInboundHandlerAdapter {
  /** Beyond it the source is not read, and so held up by TCP. */
  private static final int MOST_KEPT_BYTES = 1 << 20;

  private final Channel source;
  private final Channel sink;
  private final Supplier<Link> link;
  private final ArrayDeque<Parcel> kept = new ArrayDeque<>();
  private @Nullable Pipe wayBack;
  private @Nullable ScheduledFuture<?> wake;
  private long keptBytes;
  private long lastDue = System.nanoTime();
  private long freeAt = System.nanoTime();
  private boolean pumping;
  private boolean reset;
  private boolean ended;

  /**
   * What was read, or that the source has come to its end.
   *
   * @param bytes null for the end
   * @param due when it may be written, by {@link System#nanoTime}
   */
  private record Parcel(@Nullable ByteBuf bytes, long due) {}

  Pipe(Channel source, Channel sink, Supplier<Link> link) {
    this.source = source;
    this.sink = sink;
    this.link = link;
  }

  /** Begins to forward. */
  void open(Pipe other) {
    wayBack = other;
    source.pipeline().addLast(this);
    pump();
  }

  /** Sends what is due. To be called when the link has changed, too. */
  void pump() {
    if (pumping) {
      // Writing changed the sink's writability; the loop goes on by itself.
      return;
    }
    pumping = true;
    try {
      cancelWake();
      sendDue(link.get());
    } finally {
      pumping = false;
    }
    source
        .config()
        .setAutoRead(!link.get().stalled() && keptBytes < MOST_KEPT_BYTES && sink.isWritable());
  }

  private void sendDue(Link now) {
    boolean healed = now.equals(Link.GOOD);
    if (healed) {
      freeAt = System.nanoTime();
    }
    while (!now.stalled() && !kept.isEmpty()) {
      Parcel parcel = kept.element();
      // Once healed, what waits owes nothing to the link it came by.
      long wait = healed ? 0 : Math.max(parcel.due(), freeAt) - System.nanoTime();
      if (wait > 0) {
        wake = source.eventLoop().schedule(this::pump, wait, TimeUnit.NANOSECONDS);
        return;
      }
      forward(parcel, now);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    ByteBuf bytes = (ByteBuf) read;
    keptBytes += bytes.readableBytes();
    keep(bytes);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      end();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    reset = true;
    context.close();
  }

  /** What the source takes again is what comes back. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    Objects.requireNonNull(wayBack).pump();
  }

  private void cancelWake() {
    if (wake != null) {
      wake.cancel(false);
      wake = null;
    }
  }

  /** Forgets what it keeps. */
  void discard() {
    ended = true;
    cancelWake();
    for (Parcel parcel = kept.poll(); parcel != null; parcel = kept.poll()) {
      if (parcel.bytes() != null) {
        parcel.bytes().release();
      }
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      keep(null);
    }
  }

  private void keep(@Nullable ByteBuf bytes) {
    long due = System.nanoTime() + link.get().latency().toNanos();
    lastDue = kept.isEmpty() ? due : Math.max(lastDue, due);
    kept.add(new Parcel(bytes, lastDue));
    pump();
  }

  private void forward(Parcel parcel, Link now) {
    ByteBuf bytes = parcel.bytes();
    if (bytes == null) {
      kept.remove();
      endSink();
      return;
    }
    int size = Math.min(now.pieceBytes(), bytes.readableBytes());
    sink.writeAndFlush(bytes.readRetainedSlice(size), sink.voidPromise());
    keptBytes -= size;
    freeAt = Math.max(freeAt, System.nanoTime()) + now.busyNanos(size);
    if (!bytes.isReadable()) {
      kept.remove();
      bytes.release();
    }
  }

  /** The source may have ended its half, or be gone altogether. */
  private void endSink() {
    if (reset) {
      Relay.reset(sink);
    } else if (source.isActive() && sink instanceof SocketChannel socket) {
      socket.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    } else {
      sink.close();
    }
  }
}
