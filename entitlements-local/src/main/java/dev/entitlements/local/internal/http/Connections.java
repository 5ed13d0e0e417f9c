package dev.entitlements.local.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The TCP connections that are open. */
final class Connections {
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();

  void opened(ChannelPipeline pipeline) {
    Channel channel = pipeline.channel();
    open.add(channel);
    channel.closeFuture().addListener(closed -> open.remove(channel));
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
