package io.lva.asset.record;

import io.lva.media.SlabPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory of all queues of a process, in equal shares, so that one stalled volume leaves the
 * others theirs.
 *
 * <p>Thread-safe.
 */
final class MediaBudget implements AutoCloseable {
  private final SlabPool slabs;
  private final AtomicInteger shares = new AtomicInteger();

  MediaBudget(SlabPool slabs) {
    this.slabs = slabs;
  }

  /** Takes a share; all others shrink by that. */
  Share take() {
    shares.incrementAndGet();
    return new Share();
  }

  @Override
  public void close() {
    shares.set(0);
  }

  /** What one queue may hold. Thread-safe. */
  final class Share implements AutoCloseable {
    private final AtomicBoolean open = new AtomicBoolean(true);

    /** Returns the limit now; a quarter of the pool is left to samples under construction. */
    long limitBytes() {
      return slabs.maximumBytes() / 4 * 3 / Math.max(1, shares.get());
    }

    @Override
    public void close() {
      if (open.getAndSet(false)) {
        shares.decrementAndGet();
      }
    }
  }
}
