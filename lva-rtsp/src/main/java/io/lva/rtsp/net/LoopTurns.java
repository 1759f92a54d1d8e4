package io.lva.rtsp.net;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Spaces the turns of a loop: what arrives within a few milliseconds is read in one turn, so that
 * many cameras cost few wake-ups.
 *
 * <p>A loop that was idle reads at once, a loop that has tasks runs them at once, and a loop whose
 * connections fill the receive buffer never waits.
 *
 * <p>Confined to its media loop.
 */
final class LoopTurns implements SelectStrategy {
  /**
   * The shortest time between turns. It is far below the 20 ms by which arrival times may vary
   * while the origin of a clock is being determined.
   */
  static final Duration SPACING = Duration.ofMillis(5);

  /**
   * A read of this many bytes or more suggests that more is waiting on the connection and that its
   * sender waits for room.
   */
  static final int PRESSING_BYTES = LoopReceiveBuffer.SIZE_BYTES / 2;

  private final LongSupplier nanoTime;
  private final LongConsumer pause;
  private long turnNanos;
  private boolean pressed;

  LoopTurns() {
    this(System::nanoTime, LockSupport::parkNanos);
  }

  LoopTurns(LongSupplier nanoTime, LongConsumer pause) {
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.turnNanos = nanoTime.getAsLong() - SPACING.toNanos();
  }

  /** Notes how much one connection has received. */
  void received(int sizeBytes) {
    pressed |= sizeBytes >= PRESSING_BYTES;
  }

  @Override
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    long now = nanoTime.getAsLong();
    long early = turnNanos + SPACING.toNanos() - now;
    boolean waits = early > 0 && !pressed && !hasTasks;
    if (waits) {
      pause.accept(early);
      now += early;
    }
    turnNanos = now;
    pressed = false;
    return hasTasks ? selectNow.get() : SELECT;
  }
}
