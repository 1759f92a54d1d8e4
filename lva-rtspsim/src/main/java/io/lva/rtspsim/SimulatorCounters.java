package io.lva.rtspsim;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a simulator does. Thread-safe. */
final class SimulatorCounters {
  private final LongAdder connections = new LongAdder();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger playing = new AtomicInteger();
  private final LongAdder units = new LongAdder();
  private final LongAdder packets = new LongAdder();
  private final LongAdder payloadBytes = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  void connected() {
    connections.increment();
    open.incrementAndGet();
  }

  void disconnected() {
    open.decrementAndGet();
  }

  int open() {
    return open.get();
  }

  void playing(int change) {
    playing.addAndGet(change);
  }

  void sent(int packetCount, int bytes) {
    units.increment();
    packets.add(packetCount);
    payloadBytes.add(bytes);
  }

  void dropped() {
    dropped.increment();
  }

  SimulatorStatistics snapshot() {
    return new SimulatorStatistics(
        connections.sum(),
        open.get(),
        playing.get(),
        units.sum(),
        packets.sum(),
        payloadBytes.sum(),
        dropped.sum());
  }
}
