package io.lva.asset.record;

import io.lva.spi.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A lane without threads: tasks run in order on the thread that submits them, before the call
 * returns; a task that a running task submits runs after it. A task that fails cannot be repeated
 * later.
 *
 * <p>Confined to one thread.
 */
final class InlineLane implements Lane {
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(128 << 10);
  private final Queue<Runnable> work = new ArrayDeque<>();
  private boolean working;

  @Override
  public void ready(Task task) {
    if (task.enlist()) {
      run(
          () -> {
            task.delist();
            task.run();
          });
    }
  }

  @Override
  public void later(Duration delay, Runnable task) {
    throw new IllegalStateException("a task failed and would have to be repeated");
  }

  @Override
  public void sync(Runnable task) {
    run(task);
  }

  @Override
  public void tidy(Runnable task) {
    run(task);
  }

  @Override
  public void tidyLater(Duration delay, Runnable task) {
    run(task);
  }

  @Override
  public void background(Runnable task) {
    run(task);
  }

  @Override
  public ByteBuffer scratch() {
    return scratch;
  }

  @Override
  public Clock clock() {
    return Clock.system();
  }

  private void run(Runnable task) {
    work.add(task);
    if (!working) {
      working = true;
      while (!work.isEmpty()) {
        work.remove().run();
      }
      working = false;
    }
  }
}
