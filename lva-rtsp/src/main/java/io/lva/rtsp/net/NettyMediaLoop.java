package io.lva.rtsp.net;

import io.lva.spi.Clock;
import io.lva.spi.MediaLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop as a media loop.
 *
 * <p>Thread-safe.
 */
final class NettyMediaLoop implements MediaLoop {
  private static final int MAXIMUM_DATAGRAM_BYTES = 65536;
  private static final System.Logger LOGGER = System.getLogger(NettyMediaLoop.class.getName());

  private final EventLoop eventLoop;
  private final Executor resolver;
  private final LoopReceiveBuffer receiveBuffer;
  private final KernelDrops kernelDrops = KernelDrops.ofHost(Clock.system());
  private @Nullable ByteBuffer datagramBuffer;

  NettyMediaLoop(EventLoop eventLoop, LoopTurns turns, Executor resolver) {
    this.eventLoop = eventLoop;
    this.resolver = resolver;
    this.receiveBuffer = new LoopReceiveBuffer(turns);
  }

  @Override
  public void execute(Runnable task) {
    eventLoop.execute(task);
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    ScheduledFuture<?> future =
        eventLoop.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /** Runs a task and logs what it throws, which would otherwise be lost in the future. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "a scheduled task failed", e);
      throw e;
    }
  }

  @Override
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  @Override
  public Clock clock() {
    return Clock.system();
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  /** Returns the executor that looks up names, because a lookup blocks. */
  Executor resolver() {
    return resolver;
  }

  LoopReceiveBuffer receiveBuffer() {
    return receiveBuffer;
  }

  /** Returns the memory that all UDP ports of this loop receive into, one after the other. */
  ByteBuffer datagramBuffer() {
    if (datagramBuffer == null) {
      datagramBuffer = ByteBuffer.allocateDirect(MAXIMUM_DATAGRAM_BYTES);
    }
    return datagramBuffer;
  }

  KernelDrops kernelDrops() {
    return kernelDrops;
  }

  /** Frees the receive buffer, once the loop has ended. */
  void close() {
    receiveBuffer.release();
  }
}
