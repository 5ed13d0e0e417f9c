package dev.entitlements.local.internal.relay;

import io.netty.channel.Channel;
import java.util.function.Supplier;

/** A client's connection and the one to the server that was made for it. */
final class Connection {
  private final Channel client;
  private final Channel server;
  private final Pipe toServer;
  private final Pipe toClient;

  Connection(Channel client, Channel server, Supplier<Link> linkToServer, Supplier<Link> linkBack) {
    this.client = client;
    this.server = server;
    this.toServer = new Pipe(client, server, linkToServer);
    this.toClient = new Pipe(server, client, linkBack);
  }

  /** To be called on the event loop. */
  void start() {
    toServer.open(toClient);
    toClient.open(toServer);
  }

  /** Runs the action once both ends are closed. */
  void whenClosed(Runnable action) {
    client
        .closeFuture()
        .addListener(
            closed ->
                server
                    .closeFuture()
                    .addListener(
                        also -> {
                          toServer.discard();
                          toClient.discard();
                          action.run();
                        }));
  }

  /** Takes note that the link has changed. */
  void pump() {
    client
        .eventLoop()
        .execute(
            () -> {
              toServer.pump();
              toClient.pump();
            });
  }

  void reset() {
    client
        .eventLoop()
        .execute(
            () -> {
              Relay.reset(client);
              Relay.reset(server);
            });
  }
}
