package io.lva.rtsp.net;

import io.lva.spi.MediaLoop;
import io.lva.spi.MediaLoopGroup;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Media loops that are event loops of Netty, so that a camera's socket is read where its media is
 * processed.
 *
 * <p>Thread-safe.
 */
public final class NettyLoopGroup implements MediaLoopGroup {
  private static final int RESOLVER_THREADS = 2;
  private static final long CLOSE_SECONDS = 2;

  private final MultiThreadIoEventLoopGroup group;
  private final ExecutorService resolver;
  private final List<NettyMediaLoop> loops = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  private NettyLoopGroup(int threads) {
    // Each loop asks for its strategy when it is made, in the order of the group.
    Queue<LoopTurns> turns = new ConcurrentLinkedQueue<>();
    group =
        new MultiThreadIoEventLoopGroup(
            threads,
            new DefaultThreadFactory("lva-media", true),
            NioIoHandler.newFactory(SelectorProvider.provider(), () -> added(turns)));
    resolver =
        Executors.newFixedThreadPool(
            RESOLVER_THREADS, new DefaultThreadFactory("lva-resolver", true));
    for (EventExecutor executor : group) {
      loops.add(new NettyMediaLoop((EventLoop) executor, turns.remove(), resolver));
    }
  }

  private static LoopTurns added(Queue<LoopTurns> turns) {
    LoopTurns added = new LoopTurns();
    turns.add(added);
    return added;
  }

  /**
   * Starts a group.
   *
   * @param loops number of threads, at least 1; 0 means the default of Netty
   * @return a running group of daemon threads
   * @throws IllegalArgumentException when the number is negative
   */
  public static NettyLoopGroup start(int loops) {
    return new NettyLoopGroup(loops);
  }

  @Override
  public MediaLoop next() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  /** Ends all loops, and waits up to 2 s for them unless called on one of them. */
  @Override
  public void close() {
    resolver.shutdownNow();
    Future<?> ended = group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    if (loops.stream().noneMatch(MediaLoop::inLoop)) {
      ended.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
    loops.forEach(NettyMediaLoop::close);
  }
}
