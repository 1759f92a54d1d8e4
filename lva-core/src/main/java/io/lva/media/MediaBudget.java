package io.lva.media;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory in which the media of a process may wait, divided into equal shares: one per queue of
 * a sink and per pre-roll of a signal gate. A stalled volume uses up only its own share.
 *
 * <p>A share is a limit that its holder keeps to; the memory itself comes from the {@link
 * SlabPool}.
 *
 * <p>Thread-safe.
 */
public final class MediaBudget {
  private final SlabPool slabs;
  private final AtomicInteger shares = new AtomicInteger();

  /**
   * Creates a budget without shares.
   *
   * @param slabs the memory to divide; a quarter of it is kept for samples under construction
   */
  public MediaBudget(SlabPool slabs) {
    this.slabs = slabs;
  }

  /**
   * Takes a share. All other shares become smaller.
   *
   * @return a share, which the caller must close once it holds no media
   */
  public Share take() {
    shares.incrementAndGet();
    return new Share();
  }

  /**
   * Returns the number of shares.
   *
   * @return the number of shares that are taken and not yet closed
   */
  public int shares() {
    return shares.get();
  }

  /**
   * The right of one holder to keep media waiting.
   *
   * <p>Thread-safe.
   */
  public final class Share implements AutoCloseable {
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Share() {}

    /**
     * Returns how much the holder may keep now. The limit falls when others take shares; a holder
     * that then exceeds it drops whole groups of pictures, oldest first.
     *
     * @return bytes, more than zero
     */
    public long limitBytes() {
      return Math.max(1, slabs.maximumBytes() / 4 * 3 / Math.max(1, shares.get()));
    }

    /** Gives the share back, so that the others grow. Calling it again has no effect. */
    @Override
    public void close() {
      if (open.getAndSet(false)) {
        shares.decrementAndGet();
      }
    }
  }
}
