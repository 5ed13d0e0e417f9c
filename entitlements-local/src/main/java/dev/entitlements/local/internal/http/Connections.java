package dev.entitlements.local.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The TCP connections that are open. */
final class Connections {
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<@Nullable Channel> acceptor = new CompletableFuture<>();

  void opened(ChannelPipeline pipeline) {
    Channel channel = pipeline.channel();
    open.add(channel);
    acceptor.complete(channel.parent());
    channel.closeFuture().addListener(closed -> open.remove(channel));
  }

  /** The channel that accepts connections; null until it has accepted the first. */
  @Nullable Channel acceptor() {
    return acceptor.getNow(null);
  }

  /**
   * Waits for the first connection.
   *
   * @throws CompletionException when none comes for a while
   */
  void awaitFirst() {
    acceptor.copy().orTimeout(1, TimeUnit.SECONDS).join();
  }

  /** Closes them all without a word, as a network does that fails. Returns how many. */
  int drop() {
    Set<Channel> dropping = Set.copyOf(open);
    for (Channel channel : dropping) {
      // Past the handlers: those of HTTP/2 would say goodbye and wait for the streams to end.
      channel.eventLoop().execute(() -> channel.unsafe().close(channel.unsafe().voidPromise()));
    }
    return dropping.size();
  }
}
