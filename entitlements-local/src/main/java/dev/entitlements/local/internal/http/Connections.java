package dev.entitlements.local.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The TCP connections that are open. */
final class Connections {
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final Map<Integer, CompletableFuture<Channel>> acceptors = new ConcurrentHashMap<>();

  void opened(ChannelPipeline pipeline) {
    Channel channel = pipeline.channel();
    open.add(channel);
    Channel acceptor = channel.parent();
    acceptorOf(((InetSocketAddress) acceptor.localAddress()).getPort()).complete(acceptor);
    channel.closeFuture().addListener(closed -> open.remove(channel));
  }

  /** The channels that accept connections, each once it has accepted the first. */
  List<Channel> acceptors() {
    return acceptors.values().stream()
        .filter(CompletableFuture::isDone)
        .map(CompletableFuture::join)
        .toList();
  }

  /**
   * Waits for the first connection on the port.
   *
   * @throws CompletionException when none comes for a while
   */
  void awaitFirst(int port) {
    acceptorOf(port).copy().orTimeout(1, TimeUnit.SECONDS).join();
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

  private CompletableFuture<Channel> acceptorOf(int port) {
    return acceptors.computeIfAbsent(port, key -> new CompletableFuture<>());
  }
}
