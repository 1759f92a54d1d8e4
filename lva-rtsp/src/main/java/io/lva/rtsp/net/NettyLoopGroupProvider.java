package io.lva.rtsp.net;

import io.lva.spi.MediaLoopGroup;

/**
 * Provides the runtime with loops that can read sockets.
 *
 * <p>Immutable.
 */
public final class NettyLoopGroupProvider implements MediaLoopGroup.Provider {
  /** Creates the provider; called by {@link java.util.ServiceLoader}. */
  public NettyLoopGroupProvider() {}

  @Override
  public MediaLoopGroup start(int loops) {
    return NettyLoopGroup.start(loops);
  }
}
