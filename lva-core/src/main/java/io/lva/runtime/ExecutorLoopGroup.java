package io.lva.runtime;

import io.lva.spi.MediaLoop;
import io.lva.spi.MediaLoopGroup;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The loops of a process in which no provider of loops is installed. Thread-safe. */
final class ExecutorLoopGroup implements MediaLoopGroup {
  private final List<ExecutorLoop> loops;
  private final AtomicInteger next = new AtomicInteger();

  ExecutorLoopGroup(int count) {
    loops = IntStream.range(0, count).mapToObj(ExecutorLoop::new).toList();
  }

  @Override
  public MediaLoop next() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  @Override
  public void close() {
    loops.forEach(ExecutorLoop::close);
  }
}
