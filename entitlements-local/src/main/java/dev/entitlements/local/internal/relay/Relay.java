package dev.entitlements.local.internal.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Listens on a port of its own and forwards what comes to another. One thread. */
public final class Relay implements AutoCloseable {
  private final InetSocketAddress target;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("local-momento-relay", true), NioIoHandler.newFactory());
  private final Channel acceptor;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  // Written from anywhere, read by the event loop.
  private final AtomicReference<Link> toServer = new AtomicReference<>(Link.GOOD);
  private final AtomicReference<Link> toClient = new AtomicReference<>(Link.GOOD);
  private volatile boolean refusing;

  /**
   * Starts one on a free port.
   *
   * @param listenOn with port 0
   * @throws IOException when it cannot listen
   */
  public Relay(InetSocketAddress listenOn, InetSocketAddress target) throws IOException {
    this.target = target;
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    accepted(client);
                  }
                })
            .bind(listenOn)
            .awaitUninterruptibly();
    acceptor = bound.channel();
    if (!bound.isSuccess()) {
      loop.shutdownGracefully(0, 300, TimeUnit.MILLISECONDS);
      throw new IOException("The relay cannot listen on " + listenOn, bound.cause());
    }
  }

  public int port() {
    return ((InetSocketAddress) acceptor.localAddress()).getPort();
  }

  /** Changes the way to the server. */
  public void toServer(UnaryOperator<Link> change) {
    toServer.updateAndGet(change);
    pumpAll();
  }

  /** Changes the way to the client. */
  public void toClient(UnaryOperator<Link> change) {
    toClient.updateAndGet(change);
    pumpAll();
  }

  /** Whether connections are reset as soon as they are accepted. */
  public void refusing(boolean is) {
    refusing = is;
  }

  /** Resets all connections. Returns how many. */
  public int resetAll() {
    List<Connection> resetting = List.copyOf(open);
    resetting.forEach(Connection::reset);
    return resetting.size();
  }

  /** How many connections it forwards. */
  public int openConnections() {
    return open.size();
  }

  /** Idempotent. */
  @Override
  public void close() {
    acceptor.close().awaitUninterruptibly(500);
    resetAll();
    loop.shutdownGracefully(0, 300, TimeUnit.MILLISECONDS).awaitUninterruptibly(1_000);
  }

  /** Closes with RST. */
  static void reset(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }

  private void accepted(Channel client) {
    if (refusing) {
      // Not here: the channel is not registered all the way yet.
      client.eventLoop().execute(() -> reset(client));
      return;
    }
    ChannelFuture connecting =
        new Bootstrap()
            .group(client.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel server) {
                    // What it does comes when both ends are there.
                  }
                })
            .connect(target);
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            forward(client, connecting.channel());
          } else {
            reset(client);
          }
        });
  }

  private void forward(Channel client, Channel server) {
    Connection connection = new Connection(client, server, toServer::get, toClient::get);
    open.add(connection);
    connection.whenClosed(() -> open.remove(connection));
    connection.start();
  }

  private void pumpAll() {
    open.forEach(Connection::pump);
  }
}
