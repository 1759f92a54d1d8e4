package io.lva.rtspsim;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Calls the clients of one event loop every {@value #TICK_MILLIS} ms, or more often when the media
 * clock does not run at the speed of real time, so that hundreds of cameras cost few wake-ups.
 *
 * <p>Confined to its event loop.
 */
final class Pacer {
  static final int TICK_MILLIS = 10;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;

  private final EventLoop loop;
  private final MediaClock clock;
  private final List<LongConsumer> clients = new ArrayList<>();
  private boolean scheduled;

  Pacer(EventLoop loop, MediaClock clock) {
    this.loop = loop;
    this.clock = clock;
  }

  /** Calls {@code client} with the time at every tick, until it is removed. */
  void add(LongConsumer client) {
    clients.add(client);
    if (!scheduled) {
      schedule();
    }
  }

  void remove(LongConsumer client) {
    clients.remove(client);
  }

  /**
   * Schedules the next tick: in real time at a whole multiple of {@value #TICK_MILLIS} ms, where
   * most pictures are due.
   */
  private void schedule() {
    scheduled = true;
    long delay = TICK_NANOS - Math.floorMod(clock.utcNanos(), TICK_NANOS);
    var unused = loop.schedule(this::tick, delay, TimeUnit.NANOSECONDS);
  }

  private void tick() {
    scheduled = false;
    clock.followHost();
    long utcNanos = clock.utcNanos();
    for (LongConsumer client : List.copyOf(clients)) {
      client.accept(utcNanos);
    }
    if (!clients.isEmpty()) {
      schedule();
    }
  }
}
